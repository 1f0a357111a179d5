"""Statements as spans: what kind of statement it was and how long it took, neither its text nor its values."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import PurePath
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.adapters.traces import is_tracing, is_within_span, span

_UNDER_WAY = "promodesk_span"


def trace_statements(engine: Engine) -> None:
    """Record a span for each statement of a traced request, if this process traces at all."""
    if not is_tracing():
        return
    told = {"db.system": engine.dialect.name, "db.name": PurePath(engine.url.database or "").stem}

    def begin(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        if not is_within_span():
            return
        kind = statement.lstrip().partition(" ")[0].upper()
        under_way = ExitStack()
        under_way.enter_context(span(f"{engine.dialect.name} {kind}", {**told, "db.operation": kind}, kind="CLIENT"))
        setattr(context, _UNDER_WAY, under_way)

    def end(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
        _close(context)

    def fail(failure: Any) -> None:
        _close(failure.execution_context, failure.original_exception)

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    event.listen(engine, "handle_error", fail)


def _close(context: Any, error: BaseException | None = None) -> None:
    under_way = getattr(context, _UNDER_WAY, None)
    if under_way is None:
        return
    setattr(context, _UNDER_WAY, None)
    if error is not None:
        under_way.__exit__(type(error), error, error.__traceback__)
    else:
        under_way.close()
