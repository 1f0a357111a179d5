"""Traces by OpenTelemetry: where a request spends its time, through all processes; nothing at all unless asked for.

A trace goes by the id of its request, so that what a log line names can be looked up. Spans hold what was done and how
it ended, never what a customer wrote, an address, a reference, the values of a statement or what follows a path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Optional
from urllib.parse import urlsplit

from bot.adapters.request_ids import HEADER, known_as, request_id

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.id_generator import IdGenerator
    from opentelemetry.trace import Span, Tracer

TRACES_PATH = "/v1/traces"
EXPORT_SECONDS = 5
Attributes = Mapping[str, "str | int"]

_tracer: Optional[Tracer] = None


def begin_tracing(url: str, process: str) -> None:
    """Send spans of this process to the OTLP collector at ``url``; without one nothing is loaded and nothing recorded."""
    global _tracer
    if not url:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    endpoint = url if urlsplit(url).path.strip("/") else url.rstrip("/") + TRACES_PATH
    provider = TracerProvider(
        resource=Resource({"service.name": f"promodesk-{process}", "service.namespace": "promodesk"}),
        id_generator=_request_ids(),
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=EXPORT_SECONDS)))
    _tracer = provider.get_tracer("promodesk")


def is_tracing() -> bool:
    """Whether this process records spans."""
    return _tracer is not None


def is_within_span() -> bool:
    """Whether what is done now belongs to something that is being traced."""
    if _tracer is None:
        return False
    from opentelemetry.trace import get_current_span

    return get_current_span().is_recording()


@contextmanager
def span(name: str, attributes: Attributes | None = None, *, kind: str = "INTERNAL") -> Iterator[Optional[Span]]:
    """What happens inside is a span of the request's trace; ``kind`` is one of OpenTelemetry's. None where nothing is traced."""
    if _tracer is None:
        yield None
        return
    from opentelemetry.trace import SpanKind, Status, StatusCode

    with _tracer.start_as_current_span(
        name, kind=SpanKind[kind], attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as begun:
        try:
            yield begun
        except BaseException as error:
            # Of an error only its type: its words can be a customer's.
            begun.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def pass_on(headers: MutableMapping[str, str]) -> None:
    """Tell the next process, in the headers of a request to it, which request and which trace this belongs to."""
    if request_id():
        headers[HEADER] = request_id()
    if _tracer is not None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        TraceContextTextMapPropagator().inject(headers)


@contextmanager
def taken_over(headers: Mapping[str, str], name: str) -> Iterator[None]:
    """What happens inside belongs to the request that these headers of another process name, and is a span of its trace."""
    with known_as(headers.get(HEADER, "")):
        if _tracer is None:
            yield
            return
        from opentelemetry import context
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        given = {"traceparent": headers.get("traceparent", "")}
        token = context.attach(TraceContextTextMapPropagator().extract(given))
        try:
            with span(name, kind="SERVER"):
                yield
        finally:
            context.detach(token)


def _request_ids() -> IdGenerator:
    """Makes the ids of traces: a trace that begins within a request has the request's."""
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class RequestIds(RandomIdGenerator):
        def generate_trace_id(self) -> int:
            return int(request_id(), 16) if request_id() else super().generate_trace_id()

    return RequestIds()
