"""What Anna may ask the queue."""

from __future__ import annotations

from bot.core.ticket_queue import QueueFilter
from bot.services.list_tickets import question_of
from bot.services.queue_ports import Question
from tests.tickets import ANNA, Desk


def asks(desk: Desk, **wanted: object) -> Question:
    return question_of(desk.queue, ANNA, QueueFilter(**wanted))  # type: ignore[arg-type]
