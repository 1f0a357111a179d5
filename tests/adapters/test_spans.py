"""Spans of a process, with OpenTelemetry's own exporter in memory; nothing at all where nobody asked for them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters import traces
from bot.adapters.request_ids import HEADER, known_as, new_request_id
from bot.adapters.sql.engines import make_engine
from bot.adapters.traces import pass_on, span, taken_over


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(id_generator=traces._request_ids())
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(traces, "_tracer", provider.get_tracer("tests"))
    yield exporter
    provider.shutdown()


def test_a_trace_has_the_id_of_its_request_and_goes_on_in_the_next_process(spans: InMemorySpanExporter) -> None:
    id, headers = new_request_id(), dict[str, str]()
    with known_as(id), span("here"):
        pass_on(headers)
    with taken_over(headers, "there"):
        pass

    here, there = spans.get_finished_spans()
    assert headers[HEADER] == id
    assert f"{here.context.trace_id:032x}" == f"{there.context.trace_id:032x}" == id
    assert there.parent is not None and there.parent.span_id == here.context.span_id


def test_statements_are_spans_without_their_words_also_when_they_fail(spans: InMemorySpanExporter) -> None:
    engine = make_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("SELECT :said"), {"said": "sigrid.moe@fjordvik.example"})
        with span("a request"):
            connection.execute(text("SELECT :said, 'LEN-730418'"), {"said": "sigrid.moe@fjordvik.example"})
            with pytest.raises(SQLAlchemyError):
                connection.execute(text("SELECT missing FROM nowhere"))

    good, bad, request = spans.get_finished_spans()
    assert [one.name for one in (good, bad, request)] == ["sqlite SELECT", "sqlite SELECT", "a request"]
    assert bad.status.description == "OperationalError" and not bad.events
    assert good.parent is not None and good.parent.span_id == request.context.span_id
    told = " ".join(one.to_json() for one in spans.get_finished_spans())
    assert "sigrid" not in told and "LEN" not in told and "nowhere" not in told


def test_of_an_error_only_the_type_is_told(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError), span("a stage"):
        raise ValueError("what a customer wrote")

    (failed,) = spans.get_finished_spans()
    assert failed.status.description == "ValueError" and not failed.events


def test_who_asks_for_no_traces_does_not_even_load_what_makes_them() -> None:
    program = (
        "import sys; from bot.adapters.traces import begin_tracing, pass_on, span, taken_over\n"
        "import bot.web.app, bot.commands.action_server; begin_tracing('', 'gateway'); headers = {}\n"
        "with taken_over({}, 'a turn'), span('a stage') as begun: pass_on(headers)\n"
        "assert begun is None and headers == {}, (begun, headers)\n"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
