"""Invent some weeks of activity before a day: the same every time, and none of it on that day or later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from bot.core.promotion import Promotion
from bot.core.sample_activity import InventedConversation, InventedTicket, SampleContent, SampleTicket
from bot.core.tickets import TicketState
from bot.services.invent_conversation import Inventor
from bot.services.invent_replies import InventingDesk

DAYS = 42
_QUIETEST, _BUSIEST = 7, 14
"""Conversations on a working day at the beginning and at the end."""
_WEEKEND = {5: 0.4, 6: 0.3}
_RUSH = 1.8
"""How much busier the days before a last day of the promotion are."""
_RUSH_DAYS = 4


def invent_conversations(
    desk: InventingDesk, content: SampleContent, today: date, days: int = DAYS
) -> list[InventedConversation]:
    """Conversations on each of the days before today, in the order they began."""
    random = Random(f"activity {desk.promotion.key} {today}")
    conversations = [
        Inventor(desk, content.messages, moment, random).converse()
        for day, place in _days_before(today, days)
        for moment in _moments(day, _how_many(day, place, desk.promotion, random), desk.promotion, random)
    ]
    # What began late in the evening may have gone on into the night.
    begin_of_today = datetime.combine(today, time(), desk.promotion.time_zone)
    return [one for one in conversations if one.conversation.last_seen_at < begin_of_today]


def invent_tickets(
    conversations: Sequence[InventedConversation], content: SampleContent, today: date, promotion: Promotion
) -> list[InventedTicket]:
    """Each ticket after a conversation that was not settled: those that are resolved long ago, the new ones lately."""
    random = Random(f"tickets {promotion.key} {today}")
    end = datetime.combine(today, time(), promotion.time_zone)
    unsettled = [one for one in conversations if not one.was_settled]
    invented = []
    for ticket, age in zip(content.tickets, _ages(content.tickets, random)):
        fitting = [one for one in unsettled if one.conversation.last_seen_at <= end - age]
        if not fitting:
            continue
        before = fitting[-1]
        unsettled.remove(before)
        opened_at = before.conversation.last_seen_at + timedelta(seconds=random.randint(60, 300))
        steps = tuple(_steps(ticket.becomes, opened_at, end, random))
        invented.append(InventedTicket(ticket, before, opened_at, steps))
    return sorted(invented, key=lambda one: one.opened_at)


def _days_before(today: date, days: int) -> Iterator[tuple[date, float]]:
    """Each day with how far along it is, from 0 to 1."""
    for number in range(days):
        yield today - timedelta(days=days - number), number / max(1, days - 1)


def _how_many(day: date, place: float, promotion: Promotion, random: Random) -> int:
    usual = _QUIETEST + (_BUSIEST - _QUIETEST) * place
    usual *= _WEEKEND.get(day.weekday(), 1.0)
    lasts = (*promotion.purchases_until.readings, *promotion.claims_until.readings)
    if any(0 <= (last.value - day).days < _RUSH_DAYS for last in lasts):
        usual *= _RUSH
    return max(0, round(random.gauss(usual, usual / 5)))


def _moments(day: date, count: int, promotion: Promotion, random: Random) -> list[datetime]:
    """Between half past six and half past ten in the evening, mostly before noon."""
    hours = sorted(random.triangular(6.5, 22.5, 11) for _ in range(count))
    begin = datetime.combine(day, time(), promotion.time_zone)
    return [begin + timedelta(seconds=round(3600 * hour)) for hour in hours]


def _ages(tickets: Sequence[SampleTicket], random: Random) -> list[timedelta]:
    """How long before today each is opened at least, by what becomes of it."""
    days = {
        TicketState.RESOLVED: (2.5, 28),
        TicketState.SPAM: (5, 15),
        TicketState.WAITING: (2, 7),
        TicketState.OPEN: (1, 4),
        TicketState.NEW: (0, 1),
    }
    return [timedelta(days=random.uniform(*days[ticket.becomes])) for ticket in tickets]


def _steps(
    state: TicketState, opened_at: datetime, end: datetime, random: Random
) -> Iterator[tuple[TicketState, datetime]]:
    """What is resolved was answered some time before."""
    if state is TicketState.NEW:
        return
    at = opened_at + min((end - opened_at) * 0.9, _work_time(random))
    if state is TicketState.RESOLVED:
        yield TicketState.WAITING, opened_at + (at - opened_at) * random.uniform(0.1, 0.8)
    yield state, at


def _work_time(random: Random) -> timedelta:
    """Half of them within about a day, a few take a week."""
    return timedelta(hours=random.lognormvariate(3.1, 0.8))
