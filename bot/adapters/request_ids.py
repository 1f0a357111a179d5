"""The id by which one request is known in every process it passes through: in logs, in traces, and to who asked."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-Id"
_FORM = re.compile(r"[0-9a-f]{32}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request that is being answered; empty outside of one."""
    return _current.get()


def new_request_id() -> str:
    """32 hexadecimal digits, as a trace id has them: the trace of a request goes by the same id."""
    return secrets.token_hex(16)


@contextmanager
def known_as(id: str) -> Iterator[None]:
    """What happens inside belongs to this request; an id in any other form is left out: it could forge a log."""
    token = _current.set(id if _FORM.fullmatch(id) else "")
    try:
        yield
    finally:
        _current.reset(token)
