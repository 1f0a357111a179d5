"""One page of the queue with what each other choice would show."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.agents import Agent
from bot.core.ticket_queue import QueueFilter
from bot.services.queue_desk import QueueDesk
from bot.services.queue_ports import Place, Question, QueueCounts, QueuePage

PAGE = 50


@dataclass(frozen=True)
class Listing:
    """What the queue's page shows."""

    page: QueuePage
    counts: QueueCounts
    position: int
    """Of the latest event that this page can know: what comes after it is news."""


def list_tickets(
    desk: QueueDesk, agent: Agent, wanted: QueueFilter, *, after: Place | None = None, before: Place | None = None
) -> Listing:
    """The page after or before a place, or the first one. Raises ``Unavailable``."""
    question = question_of(desk, agent, wanted)
    # Read first: what happens while the rest is read is told as news once more, instead of never.
    position = desk.news.last()
    page = desk.queue.page(question, PAGE, after=after, before=before)
    return Listing(page, desk.queue.counts(question), position)


def question_of(desk: QueueDesk, agent: Agent, wanted: QueueFilter) -> Question:
    """The filter as this agent means it now."""
    return Question(wanted, agent.id, desk.deadlines.cutoffs(desk.clock.now()))
