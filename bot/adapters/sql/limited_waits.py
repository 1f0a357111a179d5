"""Waits for PostgreSQL with a limit. psycopg2 alone waits without end for a server that takes a question and never answers:
its own limit for statements is kept by that server."""

from __future__ import annotations

import select
import time

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, POLL_WRITE, connection, set_wait_callback

_EVENTS = {POLL_READ: select.POLLIN, POLL_WRITE: select.POLLOUT}


class LimitedConnection(connection):
    """A connection that is waited for no longer than ``answer_seconds``, while it is made and at each statement."""

    answer_seconds: float


def limited_connection(seconds: float) -> type[LimitedConnection]:
    """What ``psycopg2.connect`` takes as ``connection_factory``. The limit holds for connections made by it, others have none."""
    set_wait_callback(_wait)
    return type("LimitedConnection", (LimitedConnection,), {"answer_seconds": seconds})


def _wait(waiting: connection) -> None:
    """psycopg2 calls it after each question. Raises ``psycopg2.OperationalError``, upon which psycopg2 closes the connection."""
    limit = waiting.answer_seconds if isinstance(waiting, LimitedConnection) else None
    deadline = None if limit is None else time.monotonic() + limit
    while (state := waiting.poll()) != POLL_OK:
        poll = select.poll()
        poll.register(waiting.fileno(), _EVENTS[state])
        left = None if deadline is None else max(0.0, 1000 * (deadline - time.monotonic()))
        if not poll.poll(left):
            raise psycopg2.OperationalError(f"the server has not answered for {limit:g} seconds")
