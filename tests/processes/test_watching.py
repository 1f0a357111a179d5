"""What those see who watch over a running desk: counts of every process, one trace through all, logs for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.adapters.request_ids import HEADER
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from tests.collector import Collector, ReceivedSpan, collector
from tests.processes import planted
from tests.processes.personal_words import SAID, found_in
from tests.processes.running_desk import RunningDesk, wait_until
from tests.prometheus import expressions, panels, samples, selectors
from tests.prometheus_server import prometheus

LOOK_UP = f"Where does my claim {planted.PAID.reference} stand? My address is {planted.PAID.email}"
SERVING = ("gateway", "rasa", "actions")


@pytest.fixture(scope="module")
def receiver() -> Iterator[Collector]:
    with collector() as received:
        yield received


@pytest.fixture(scope="module")
def watched(
    trained_model: object, tmp_path_factory: pytest.TempPathFactory, receiver: Collector
) -> Iterator[RunningDesk]:
    """A desk that writes its logs for programs and sends its traces to a collector."""
    desk = RunningDesk(tmp_path_factory.mktemp("watched"))
    desk.settings |= {"PROMODESK_LOG_FORMAT": "json", "PROMODESK_TRACES_URL": receiver.url}
    desk.start()
    engine = make_engine(desk.settings["PROMODESK_CLAIMS_URL"])
    import_claims(engine, planted.PROMOTION, planted.CLAIMS)
    engine.dispose()
    yield desk
    assert desk.stop() == 0, desk.terminal


def exposed_by(desk: RunningDesk) -> dict[str, str]:
    addresses = {
        "gateway": f"{desk.url}/metrics",
        "rasa": f"{desk.settings['PROMODESK_RASA_URL']}/webhooks/desk/metrics",
        "actions": f"{desk.settings['PROMODESK_ACTIONS_URL']}/metrics",
    }
    return {name: httpx.get(url, trust_env=False).raise_for_status().text for name, url in addresses.items()}


def test_everything_that_alerts_and_dashboard_ask_for_is_there(watched: RunningDesk) -> None:
    watched.customer().say(LOOK_UP)

    counted = samples(*exposed_by(watched).values())

    asked = {one for expression in expressions() for one in selectors(expression) if one.name != "up"}
    assert len(asked) > 30
    assert [one for one in asked if not any(map(one.fits, counted))] == []


def test_every_panel_of_the_dashboard_has_something_to_show(watched: RunningDesk, tmp_path: Path) -> None:
    targets = {"gateway": watched.url} | {
        name: watched.settings[f"PROMODESK_{name.upper()}_URL"] for name in ("rasa", "actions")
    }
    with prometheus(tmp_path, targets) as server:
        wait_until(server.is_ready, 60, "Prometheus")
        wait_until(lambda: server.values("sum(up)") == [len(targets)], 60, "all processes to be scraped")
        watched.customer().say(LOOK_UP)
        watched.customer().browser.post("/api/chat", content=b"no JSON")

        shown = {panel["title"]: [target["expr"] for target in panel["targets"]] for panel in panels()}
        for title, expressions_of_panel in shown.items():
            for one in expressions_of_panel:
                wait_until(lambda: server.values(one) != [], 20, f"something to show in {title!r}: {one}")  # noqa: B023 (at once)


def test_every_process_counts_its_part_of_a_turn_and_nothing_personal(watched: RunningDesk) -> None:
    before = exposed_by(watched)
    watched.customer().say(LOOK_UP)
    after = exposed_by(watched)

    for process, name, label in (
        ("gateway", "promodesk_replies_total", "lookup"),
        ("rasa", "promodesk_messages_total", "answer"),
        ("actions", "promodesk_lookups_total", "found"),
        *(("rasa", "promodesk_stage_seconds_count", stage) for stage in ("understanding", "action_call", "dialogue")),
    ):
        assert value(after[process], name, label) == value(before[process], name, label) + 1, (process, name)
    assert value(after["rasa"], "promodesk_stage_seconds_count", "tracker_store") > 0
    assert found_in("".join(after.values())) == []


@pytest.mark.parametrize("path", ["rasa", "actions"])
def test_who_comes_through_a_proxy_reads_no_counts(watched: RunningDesk, path: str) -> None:
    url = {"rasa": "/webhooks/desk/metrics", "actions": "/metrics"}[path]
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    answer = httpx.get(watched.settings[f"PROMODESK_{path.upper()}_URL"] + url, headers=forwarded, trust_env=False)
    assert answer.status_code == 404


def test_one_trace_leads_through_all_processes_under_the_id_that_the_logs_have(
    watched: RunningDesk, receiver: Collector
) -> None:
    customer = watched.customer()
    answer = customer.browser.post("/api/chat", json={"text": LOOK_UP}).raise_for_status()
    id = answer.headers[HEADER]

    wait_until(lambda: {f"promodesk-{name}" for name in SERVING} <= services(receiver, id), 60, "the spans")
    # Each process sends its own when it likes: a child may be there before its parent.
    wait_until(lambda: is_one_tree(spans_of(receiver, id)), 60, "the whole tree")

    spans = spans_of(receiver, id)
    roots = [span for span in spans if not span.parent]
    assert [(span.service, span.name) for span in roots] == [("promodesk-gateway", "POST /api/chat")]
    names = {(span.service, span.name) for span in spans}
    assert {("promodesk-rasa", "understanding"), ("promodesk-rasa", "action_call")} <= names
    assert {("promodesk-actions", "sqlite SELECT"), ("promodesk-gateway", "sqlite INSERT")} <= names
    assert roots[0].attributes["promodesk.request_id"] == id
    for process in SERVING:
        assert [line["event"] for line in lines_of(watched, process) if line.get("request_id") == id], process


def spans_of(receiver: Collector, id: str) -> list[ReceivedSpan]:
    return [span for span in receiver.spans() if span.trace == id]


def is_one_tree(spans: list[ReceivedSpan]) -> bool:
    """One span began it, and everybody's parent is there."""
    ids = {span.id for span in spans}
    return [span.parent for span in spans].count("") == 1 and all(span.parent in ids for span in spans if span.parent)


def test_nothing_personal_is_in_spans_or_in_logs_for_programs(watched: RunningDesk, receiver: Collector) -> None:
    customer = watched.customer()
    for text in SAID:
        customer.say(text)
    customer.say("Kvikkjokk marmalade, please")
    last = customer.browser.get("/", params={"search": "Kvikkjokk sigrid.moe@fjordvik.example"}).headers[HEADER]
    customer.browser.post("/api/chat", content=b"{ no JSON: sigrid.moe@fjordvik.example")

    wait_until(lambda: services(receiver, last) != set(), 60, "the last span")
    assert found_in(str(receiver.bodies)) == [] and "Kvikkjokk" not in str(receiver.bodies)
    for name, log in watched.logs.items():
        assert found_in(log) == [] and "Kvikkjokk" not in log, name
    for name in (*SERVING, "outbox"):
        for line in lines_of(watched, name):
            assert {"time", "level", "event"} <= line.keys(), line


def value(text: str, name: str, label: str) -> float:
    return next(one.value for one in samples(text) if one.name == name and label in one.labels.values())


def services(receiver: Collector, trace: str) -> set[str]:
    return {span.service for span in receiver.spans() if span.trace == trace}


def lines_of(desk: RunningDesk, name: str) -> list[dict[str, Any]]:
    """The log of a process; fails for a line that is no JSON."""
    return [json.loads(line) for line in desk.logs[name].splitlines()]
