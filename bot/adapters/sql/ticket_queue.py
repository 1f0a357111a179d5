"""The ticket queue in the desk database: by age, a page at a time, however many tickets there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select, tuple_
from sqlalchemy.engine import Connection, Engine, RowMapping

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_tables import outbox, ticket_events, tickets
from bot.adapters.sql.ticket_work import ticket_progress
from bot.core.ticket_deadlines import TURN_OF_THE_DESK
from bot.core.ticket_queue import StateGroup, Whose, search_words
from bot.core.ticket_work import EventKind
from bot.core.tickets import TicketState
from bot.services.queue_ports import Place, Question, QueueCounts, QueuePage, QueueRow

BEGINNING = 200
"""So many characters of the message are shown in the queue."""
_SHOWN = (
    *(tickets.c[name] for name in ("reference", "version", "topic", "name", "company", "created_at", "state")),
    *(tickets.c[name] for name in ("turn_since", "assignee_id", "assignee_name", "first_answered_at", "resolved_at")),
    func.substr(tickets.c.message, 1, BEGINNING).label("beginning"),
)


class SqlQueue:
    """The ``Queue`` port over SQL, for the tickets of one promotion."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def page(
        self, question: Question, most: int, *, after: Place | None = None, before: Place | None = None
    ) -> QueuePage:
        backwards = before is not None
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            found = self._next(connection, question, most + 1, before or after, backwards)
            rows = found[:most][::-1] if backwards else found[:most]
            undelivered = _with_undelivered_mail(connection, [row["reference"] for row in rows])
            shown = tuple(_row(row, undelivered) for row in rows)
            goes_on = len(found) > most
            if not shown:
                return QueuePage(())
            # Nothing stands before the first page.
            end = _end(shown, backwards) if before or after else None
            came_from = end is not None and bool(self._next(connection, question, 1, end, not backwards))
        has_before, has_after = (goes_on, came_from) if backwards else (came_from, goes_on)
        return QueuePage(shown, shown[0].place if has_before else None, shown[-1].place if has_after else None)

    def counts(self, question: Question) -> QueueCounts:
        is_late = case((_late(question), 1), else_=0)
        who = case(
            (tickets.c.assignee_id == question.agent, Whose.MINE.value),
            (tickets.c.assignee_id.is_(None), Whose.NOBODYS.value),
            else_="others",
        )
        numbers = (
            select(tickets.c.state, who.label("who"), func.count().label("all"), func.sum(is_late).label("late"))
            .where(*self._about(question), *_said(question))
            .group_by(tickets.c.state, who)
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return _counts(list(connection.execute(numbers).mappings()), question)

    def arrived(self, question: Question, since: int) -> int:
        opened = (
            select(func.count())
            .select_from(ticket_events.join(tickets, tickets.c.reference == ticket_events.c.ticket))
            .where(ticket_events.c.position > since, ticket_events.c.kind == EventKind.OPENED.value)
            .where(*self._about(question), *_chosen(question))
            .where(tickets.c.state.in_([state.value for state in question.wanted.group.states]), *_said(question))
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return int(connection.execute(opened).scalar_one())

    def _next(
        self, connection: Connection, question: Question, most: int, place: Place | None, backwards: bool
    ) -> list[RowMapping]:
        """So many rows from a place on, in the order wanted or against it.

        Each state is asked for by itself, in the order of its index: with all of them at once a database would sort
        everything that is there. Words are looked for in all states at once: that reads everything anyhow.
        """
        ascends = question.wanted.newest_first is backwards
        conditions = [*self._about(question), *_chosen(question), *_beyond(place, ascends)]
        order = [column.asc() if ascends else column.desc() for column in (tickets.c.created_at, tickets.c.reference)]
        words, states = _said(question), [state.value for state in question.wanted.group.states]
        found: list[RowMapping] = []
        for own in [states] if words else [[state] for state in states]:
            those = select(*_SHOWN).where(*conditions, tickets.c.state.in_(own), *words)
            found += connection.execute(those.order_by(*order).limit(most)).mappings()
        found.sort(key=lambda row: (row["created_at"], row["reference"]), reverse=not ascends)
        return found[:most]

    def _about(self, question: Question) -> list[Any]:
        topic = question.wanted.topic
        return [tickets.c.promotion == self._promotion, *([tickets.c.topic == topic] if topic else [])]


def _said(question: Question) -> list[Any]:
    """The words that have to stand in a ticket."""
    return [tickets.c.searched.contains(word, autoescape=True) for word in search_words(question.wanted.search)]


def _chosen(question: Question) -> list[Any]:
    """The conditions for whose tickets, and whether only late ones."""
    whose = {
        Whose.ANYBODYS: [],
        Whose.MINE: [tickets.c.assignee_id == question.agent],
        Whose.NOBODYS: [tickets.c.assignee_id.is_(None)],
    }[question.wanted.whose]
    return [*whose, _late(question)] if question.wanted.only_late else whose


def _late(question: Question) -> Any:
    of_the_desk = [state.value for state in TURN_OF_THE_DESK]
    return or_(
        and_(tickets.c.state.in_(of_the_desk), tickets.c.turn_since < question.cutoffs.overdue),
        and_(tickets.c.state == TicketState.WAITING.value, tickets.c.turn_since < question.cutoffs.to_be_closed),
    )


def _beyond(place: Place | None, ascends: bool) -> list[Any]:
    if place is None:
        return []
    here = tuple_(literal(place.created_at, UtcDateTime), literal(place.reference))
    row = tuple_(tickets.c.created_at, tickets.c.reference)
    return [row > here if ascends else row < here]


def _end(rows: Sequence[QueueRow], backwards: bool) -> Place:
    """The end of a page at which it was come from."""
    return rows[-1].place if backwards else rows[0].place


def _with_undelivered_mail(connection: Connection, references: Sequence[str]) -> set[str]:
    given_up = select(outbox.c.ticket).where(outbox.c.ticket.in_(references), outbox.c.given_up_at.is_not(None))
    return set(connection.execute(given_up).scalars()) if references else set()


def _counts(rows: Iterable[RowMapping], question: Question) -> QueueCounts:
    rows, wanted = list(rows), question.wanted
    column = "late" if wanted.only_late else "all"

    def total(group: StateGroup, whose: Whose, counted: str) -> int:
        states = [state.value for state in group.states]
        own = (row for row in rows if row["state"] in states and whose.value in (row["who"], Whose.ANYBODYS.value))
        return sum(int(row[counted]) for row in own)

    return QueueCounts(
        groups={group: total(group, wanted.whose, column) for group in StateGroup},
        whose={whose: total(wanted.group, whose, column) for whose in Whose},
        late=total(wanted.group, wanted.whose, "late"),
    )


def _row(row: RowMapping, undelivered: set[str]) -> QueueRow:
    as_they_are = ("reference", "version", "topic", "name", "company", "beginning", "created_at")
    return QueueRow(
        **{name: row[name] for name in as_they_are},
        progress=ticket_progress(row),
        has_undelivered_mail=row["reference"] in undelivered,
    )
