"""Fill an empty desk database with invented conversations, thumbs and states of tickets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.adapters.sql.conversation_tables import conversations, feedback, messages, offered_buttons
from bot.adapters.sql.insights import SAMPLE_SESSION
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_events import add_events
from bot.adapters.sql.ticket_tables import tickets
from bot.adapters.sql.ticket_work import progress_columns, ticket_progress
from bot.core.conversations import Message
from bot.core.sample_activity import InventedConversation, InventedVerdict
from bot.core.ticket_work import AFTER_AN_ANSWER, EventKind, TicketEvent
from bot.core.tickets import TicketState
from bot.services.ports import InvalidInput

Row = dict[str, Any]


def import_conversations(engine: Engine, invented: Sequence[InventedConversation]) -> None:
    """All conversations or none. Raises ``InvalidInput`` where there is a conversation or a ticket already, ``Unavailable``."""
    with told_as_unavailable("desk"), engine.begin() as connection:
        if not is_empty(connection):
            raise InvalidInput(
                "this desk has conversations or tickets already; sample activity goes into an empty one only"
            )
        connection.execute(insert(conversations), [_conversation(one) for one in invented])
        said = [(one.conversation.id, message) for one in invented for message in one.messages]
        # Messages of several conversations are kept in the order they were said.
        said.sort(key=lambda pair: pair[1].at)
        connection.execute(insert(messages), [_message(*pair) for pair in said])
        _add(connection, offered_buttons, (button for _, message in said for button in _buttons(message)))
        _add(connection, feedback, (_verdict(verdict) for one in invented for verdict in one.verdicts))


def set_ticket_state(engine: Engine, reference: str, state: TicketState, at: datetime) -> None:
    """A ticket as somebody would have left it; what waits for the customer or is settled was answered. Raises ``Unavailable``."""
    own = tickets.c.reference == reference
    with told_as_unavailable("desk"), engine.begin() as connection:
        row = connection.execute(select(tickets).where(own)).mappings().one()
        before = ticket_progress(row)
        progress = before.moved_to(state, at)
        if state in AFTER_AN_ANSWER:
            progress = replace(progress, first_answered_at=before.first_answered_at or at)
        columns = {**progress_columns(progress), "version": row["version"] + 1, "changed_at": at}
        connection.execute(update(tickets).where(own).values(columns))
        moved = TicketEvent(EventKind.STATE, at, before=before.state, after=state)
        add_events(connection, reference, row["version"] + 1, [moved])


def is_empty(connection: Connection) -> bool:
    """Whether nobody has written to this desk yet."""
    return all(connection.execute(select(table).limit(1)).first() is None for table in (conversations, tickets))


def _add(connection: Connection, table: Any, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)


def _conversation(one: InventedConversation) -> Row:
    return {"session_hash": f"{SAMPLE_SESSION}{one.conversation.id}", **one.conversation.__dict__}


def _message(conversation: str, message: Message) -> Row:
    return {
        "id": message.id,
        "conversation_id": conversation,
        "text": message.text,
        "reply": message.reply.as_dict() if message.reply else None,
        "created_at": message.at,
    }


def _buttons(message: Message) -> Iterator[Row]:
    for position, button in enumerate(message.buttons):
        yield {
            "id": button.id,
            "message_id": message.id,
            "position": position,
            "label": button.label,
            "command": button.command,
        }


def _verdict(verdict: InventedVerdict) -> Row:
    return {
        "message_id": verdict.message,
        "helpful": verdict.helpful,
        "reason": verdict.reason,
        "given_at": verdict.at,
    }
