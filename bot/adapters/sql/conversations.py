"""Conversations in the desk database."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.conversation_tables import conversations, feedback, messages, offered_buttons
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.upserts import upsert
from bot.core.conversations import Conversation, Message, OfferedButton, new_id, new_reference
from bot.core.replies import Reply


class SqlConversations:
    """The ``Conversations`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, session: str, promotion: str, at: datetime) -> Conversation:
        begun = Conversation(new_id(), new_reference(), promotion, started_at=at, last_seen_at=at)
        with told_as_unavailable("desk"):
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(conversations).values(session_hash=session, **begun.__dict__))
            except IntegrityError:
                # Two first messages at once: the other one has begun it.
                existing = self.of_session(session)
                if existing is None:
                    raise
                return existing
        return begun

    def of_session(self, session: str) -> Conversation | None:
        return self._find(conversations.c.session_hash == session)

    def of_earlier_session(self, session: str) -> Conversation | None:
        return self._find(conversations.c.earlier_session_hash == session)

    def move(self, conversation: str, session: str) -> None:
        own = update(conversations).where(conversations.c.id == conversation)
        moved = own.values(session_hash=session, earlier_session_hash=conversations.c.session_hash)
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(moved)

    def _find(self, condition: Any) -> Conversation | None:
        wanted = select(*(conversations.c[name] for name in _FIELDS)).where(condition)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        return Conversation(**row) if row else None

    def add(self, conversation: str, *said: Message) -> None:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            for message in said:
                _insert(connection, conversation, message)
            if said:
                seen = update(conversations).where(conversations.c.id == conversation)
                connection.execute(seen.values(last_seen_at=said[-1].at))

    def messages(self, conversation: str) -> list[Message]:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return _read(connection, messages.c.conversation_id == conversation)

    def replies_to(self, conversation: str, message: str) -> list[Message] | None:
        own = messages.c.conversation_id == conversation
        said = select(messages.c.position).where(own, messages.c.id == message, messages.c.reply.is_(None))
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            position = connection.execute(said).scalar()
            if position is None:
                return None
            later = _read(connection, own & (messages.c.position > position))
        return list(takewhile(lambda one: one.reply is not None, later))

    def end(self, conversation: str) -> None:
        # No session has this key: sessions' own are hashes.
        forgotten = {"session_hash": f"ended {new_id()}", "earlier_session_hash": None}
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(update(conversations).where(conversations.c.id == conversation).values(forgotten))

    def button(self, conversation: str, button: str) -> OfferedButton | None:
        wanted = (
            select(offered_buttons)
            .join(messages, messages.c.id == offered_buttons.c.message_id)
            .where(messages.c.conversation_id == conversation, offered_buttons.c.id == button)
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        return _button(row) if row else None

    def rate(self, conversation: str, message: str, *, helpful: bool, reason: str, at: datetime) -> bool:
        reply = select(messages.c.id).where(
            messages.c.conversation_id == conversation,
            messages.c.id == message,
            messages.c.reply.is_not(None),
        )
        verdict = {"helpful": helpful, "reason": reason, "given_at": at}
        replace = (
            upsert(self._engine, feedback)
            .values(message_id=message, **verdict)
            .on_conflict_do_update(index_elements=["message_id"], set_=verdict)
        )
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            if connection.execute(reply).first() is None:
                return False
            connection.execute(replace)
        return True


_FIELDS = tuple(Conversation.__dataclass_fields__)


def _read(connection: Connection, wanted: Any) -> list[Message]:
    """The messages that meet a condition, in order and with their buttons."""
    offered = select(offered_buttons).join(messages, messages.c.id == offered_buttons.c.message_id).where(wanted)
    buttons: defaultdict[str, list[OfferedButton]] = defaultdict(list)
    for row in connection.execute(offered.order_by(offered_buttons.c.position)).mappings():
        buttons[row["message_id"]].append(_button(row))
    said = select(messages).where(wanted).order_by(messages.c.position)
    return [_message(row, buttons[row["id"]]) for row in connection.execute(said).mappings()]


def _insert(connection: Connection, conversation: str, message: Message) -> None:
    values: dict[str, Any] = {
        "id": message.id,
        "conversation_id": conversation,
        "text": message.text,
        "reply": message.reply.as_dict() if message.reply else None,
        "created_at": message.at,
    }
    connection.execute(insert(messages).values(values))
    for position, button in enumerate(message.buttons):
        offered = {
            "id": button.id,
            "message_id": message.id,
            "label": button.label,
            "command": button.command,
        }
        connection.execute(insert(offered_buttons).values(position=position, **offered))


def _message(row: RowMapping, buttons: list[OfferedButton]) -> Message:
    reply = Reply.from_dict(row["reply"]) if row["reply"] else None
    return Message(row["id"], row["created_at"], row["text"], reply, tuple(buttons))


def _button(row: RowMapping) -> OfferedButton:
    return OfferedButton(row["id"], row["label"], row["command"])
