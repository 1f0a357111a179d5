"""Invented activity stands in the database like any other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.sql.import_activity import set_ticket_state
from bot.core.ticket_work import Progress
from bot.core.tickets import TicketState
from tests.tickets import NOW, Desk


@pytest.mark.parametrize(
    ("state", "progress"),
    [
        (TicketState.OPEN, Progress(TicketState.OPEN, NOW - timedelta(days=2))),
        (TicketState.WAITING, Progress(TicketState.WAITING, NOW, first_answered_at=NOW)),
        (TicketState.RESOLVED, Progress(TicketState.RESOLVED, NOW, first_answered_at=NOW, resolved_at=NOW)),
        (TicketState.SPAM, Progress(TicketState.SPAM, NOW - timedelta(days=2))),
    ],
)
def test_an_invented_ticket_stands_in_the_queue_like_any_other(
    desk_engine: Engine, tmp_path: Path, state: TicketState, progress: Progress
) -> None:
    desk = Desk(desk_engine, tmp_path)
    reference = desk.open(timedelta(days=2))

    set_ticket_state(desk_engine, reference, state, NOW)

    kept = desk.find(reference)
    assert (kept.version, kept.progress) == (2, progress)
    assert [(event.before, event.after, event.version) for event in kept.events[1:]] == [(TicketState.NEW, state, 2)]
    assert [news.state for news in desk.queue.news.since(0, 9)] == [state, state]
