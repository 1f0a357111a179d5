"""What ages in the desk database, and how it is deleted in small transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Column, Table, and_, delete, func, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.adapters.sql.access_tables import agent_sessions, audit, sign_in_attempts, sign_in_links
from bot.adapters.sql.agent_sessions import ATTEMPTS_KEPT
from bot.adapters.sql.conversation_tables import conversations
from bot.adapters.sql.desk_tables import lookup_attempts, lookup_details
from bot.adapters.sql.engines import begin_to_write
from bot.adapters.sql.gap_tables import gap_dismissals, proposals
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.removals import note_removals
from bot.adapters.sql.ticket_tables import outbox, tickets, uploads
from bot.core.retention import Kept
from bot.core.tickets import TicketState
from bot.services.privacy_ports import AgingData, Place
from bot.services.sign_in import IDLE, LONGEST

DONE_WITH = [TicketState.RESOLVED.value, TicketState.SPAM.value]

Keys = Sequence[Any]


def _only_rows(_connection: Connection, _keys: Keys) -> None:
    """What most rows take along: what the database's own foreign keys do."""


@dataclass(frozen=True)
class AgingRows:
    """The ``AgingData`` port over one table."""

    engine: Engine
    name: str
    kept: Kept | None
    key: Column
    is_old: Callable[[datetime], Any]
    """The condition for rows older than a moment."""
    taken_along: Callable[[Connection, Keys], None] = _only_rows
    """What goes with these rows, in the same transaction, before they go."""
    emptied: str = ""
    """The column that is emptied, where the rows themselves stay."""
    ages_by_desk_clock: bool = False
    weight: int = 1
    """How many rows go with one, about: a transaction must not keep others waiting."""

    def count(self, before: datetime) -> int:
        old = select(func.count()).select_from(self._table).where(self.is_old(before))
        with told_as_unavailable("desk"), self.engine.connect() as connection:
            return int(connection.execute(old).scalar_one())

    def drop(self, before: datetime, most: int) -> Iterator[int]:
        at_once = max(1, most // self.weight)
        deleted = at_once
        while deleted == at_once:
            deleted = self._drop_some(before, at_once)
            if deleted:
                yield deleted

    def _drop_some(self, before: datetime, most: int) -> int:
        some = select(self.key).where(self.is_old(before)).limit(most).with_for_update(skip_locked=True)
        with told_as_unavailable("desk"), self.engine.begin() as connection:
            begin_to_write(connection)
            keys = list(connection.execute(some).scalars())
            if keys:
                self.taken_along(connection, keys)
                own = and_(self.key.in_(keys), self.is_old(before))
                gone = update(self._table).values({self.emptied: ""}) if self.emptied else delete(self._table)
                connection.execute(gone.where(own))
        return len(keys)

    @property
    def _table(self) -> Table:
        return self.key.table


def aging_data(engine: Engine) -> Sequence[AgingData]:
    """Everything in the desk database that ages.

    What the desk notes on the day it acts on, which a demonstration sets, ages by that day; the rest by the real time.
    """
    by_desk_clock, really = partial(AgingRows, engine, ages_by_desk_clock=True), partial(AgingRows, engine)
    given, tried, links, failed = lookup_details.c, lookup_attempts.c, sign_in_links.c, sign_in_attempts.c
    return (
        by_desk_clock("conversations", Kept.CONVERSATIONS, conversations.c.id, _silent, _with_conversations, weight=10),
        by_desk_clock(
            "words of dismissed gaps", Kept.CONVERSATIONS, gap_dismissals.c.phrase, _dismissed, emptied="text"
        ),
        by_desk_clock(
            "words of proposed gaps", Kept.CONVERSATIONS, proposals.c.number, _proposed, emptied="group_text"
        ),
        really("look-up details", Kept.LOOKUP_DETAILS, given.conversation, lambda at: given.kept_at < at),
        by_desk_clock("look-up attempts", Kept.LOOKUP_ATTEMPTS, tried.id, lambda at: tried.attempted_at < at),
        by_desk_clock("tickets", Kept.TICKETS, tickets.c.reference, _done_with, _with_tickets, weight=10),
        really("unsent files", Kept.UNSENT_FILES, uploads.c.id, _unsent, _with_uploads),
        really("words of mails", Kept.MAILS, outbox.c.id, _delivered, emptied="body"),
        by_desk_clock("audit log", Kept.AUDIT, audit.c.position, lambda at: audit.c.at < at),
        really("agents' sessions", None, agent_sessions.c.token_hash, _over),
        really("sign-in links", None, links.token_hash, lambda now: links.expires_at < now),
        really("sign-in attempts", None, failed.position, lambda now: failed.at < now - ATTEMPTS_KEPT),
    )


def _silent(before: datetime) -> Any:
    return conversations.c.last_seen_at < before


def _dismissed(before: datetime) -> Any:
    return and_(gap_dismissals.c.decided_at < before, gap_dismissals.c.text != "")


def _proposed(before: datetime) -> Any:
    return and_(proposals.c.made_at < before, proposals.c.group_text != "")


def _done_with(before: datetime) -> Any:
    return and_(tickets.c.state.in_(DONE_WITH), tickets.c.changed_at < before)


def _unsent(before: datetime) -> Any:
    return and_(uploads.c.ticket.is_(None), uploads.c.created_at < before)


def _delivered(before: datetime) -> Any:
    return and_(or_(outbox.c.sent_at < before, outbox.c.given_up_at < before), outbox.c.body != "")


def _over(now: datetime) -> Any:
    return or_(agent_sessions.c.began_at < now - LONGEST, agent_sessions.c.last_seen_at < now - IDLE)


def _with_conversations(connection: Connection, keys: Keys) -> None:
    connection.execute(delete(lookup_details).where(lookup_details.c.conversation.in_(keys)))
    note_removals(connection, Place.RASA, keys)


def _with_tickets(connection: Connection, keys: Keys) -> None:
    files = connection.execute(select(uploads.c.id).where(uploads.c.ticket.in_(keys))).scalars()
    note_removals(connection, Place.FILES, list(files))
    note_removals(connection, Place.SHOWN_MAILS, keys)


def _with_uploads(connection: Connection, keys: Keys) -> None:
    note_removals(connection, Place.FILES, keys)
