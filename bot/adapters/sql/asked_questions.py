"""What customers asked, read from the desk database's conversations, verdicts and tickets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine, RowMapping

from bot.adapters.sql.conversation_tables import conversations, feedback, messages
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_tables import tickets
from bot.core.conversations import Message
from bot.core.gaps import HeldConversation
from bot.core.replies import Reply
from bot.core.tickets import TicketState
from bot.services.gap_ports import Asked

MOST_MESSAGES = 40_000
"""When so many messages are read, older conversations are left out."""
AT_ONCE = 500
"""So many conversations are read by one statement: each has to be quick, or it is cancelled."""


class SqlAskedQuestions:
    """The ``AskedQuestions`` port over SQL."""

    def __init__(self, engine: Engine, most_messages: int = MOST_MESSAGES, at_once: int = AT_ONCE) -> None:
        self._engine = engine
        self._most_messages = most_messages
        self._at_once = at_once

    def since(self, promotion: str, moment: datetime | None) -> Asked:
        held: list[HeldConversation] = []
        read = 0
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            newest_first = _ids(connection, promotion, moment)
            for start in range(0, len(newest_first), self._at_once):
                if read >= self._most_messages:
                    return Asked(held, is_cut=True)
                ids = newest_first[start : start + self._at_once]
                said = _said(connection, ids)
                read += sum(map(len, said.values()))
                held += _held(connection, ids, said)
        return Asked(held)


def _ids(connection: Connection, promotion: str, moment: datetime | None) -> list[str]:
    """The conversations seen since then, the newest first."""
    own = select(conversations.c.id).where(conversations.c.promotion == promotion)
    if moment:
        own = own.where(conversations.c.last_seen_at >= moment)
    return list(connection.execute(own.order_by(conversations.c.last_seen_at.desc())).scalars())


def _held(connection: Connection, ids: Sequence[str], said: dict[str, list[Message]]) -> Iterator[HeldConversation]:
    thumbs = _thumbs_down(connection, ids)
    opened, spam = _tickets(connection, ids)
    for id in ids:
        if id not in spam:
            yield HeldConversation(id, said[id], thumbs, opened[id])


def _said(connection: Connection, ids: Sequence[str]) -> dict[str, list[Message]]:
    """The messages by conversation, in order."""
    columns = (messages.c.id, messages.c.conversation_id, messages.c.created_at, messages.c.text, messages.c.reply)
    own = select(*columns).where(messages.c.conversation_id.in_(ids)).order_by(messages.c.position)
    found: defaultdict[str, list[Message]] = defaultdict(list)
    for row in connection.execute(own).mappings():
        found[row["conversation_id"]].append(_message(row))
    return found


def _thumbs_down(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The reasons of the replies that did not help, by the reply's id."""
    rated = (
        select(feedback.c.message_id, feedback.c.reason)
        .join(messages, messages.c.id == feedback.c.message_id)
        .where(messages.c.conversation_id.in_(ids), feedback.c.helpful.is_(False))
    )
    return {row.message_id: row.reason for row in connection.execute(rated)}


def _tickets(connection: Connection, ids: Sequence[str]) -> tuple[dict[str, list[datetime]], set[str]]:
    """When tickets were opened, by conversation; and the conversations whose tickets were marked as spam."""
    opened: defaultdict[str, list[datetime]] = defaultdict(list)
    spam: set[str] = set()
    sent = select(tickets.c.conversation_id, tickets.c.created_at, tickets.c.state)
    for conversation, created_at, state in connection.execute(sent.where(tickets.c.conversation_id.in_(ids))):
        opened[conversation].append(created_at)
        if state == TicketState.SPAM.value:
            spam.add(conversation)
    return opened, spam


def _message(row: RowMapping) -> Message:
    reply = Reply.from_dict(row["reply"]) if row["reply"] else None
    return Message(row["id"], row["created_at"], row["text"], reply)
