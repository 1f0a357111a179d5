"""Messages of another help desk that were taken up, in the desk database; nothing of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.api_tables import taken_messages
from bot.adapters.sql.outages import told_as_unavailable
from bot.services.help_desk_ports import HelpDeskMessage


class SqlTakenMessages:
    """The ``TakenMessages`` port over SQL: of two that take a message in the same moment, one gets it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, message: HelpDeskMessage, at: datetime) -> bool:
        row = {"account": message.account, "message": message.id, "conversation": message.conversation, "taken_at": at}
        with told_as_unavailable("desk"):
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(taken_messages).values(**row))
            except IntegrityError:
                return False
        return True

    def settle(self, message: HelpDeskMessage, at: datetime) -> bool:
        columns = taken_messages.c
        own = (columns.account == message.account) & (columns.message == message.id)
        return self._change(update(taken_messages).where(own, columns.settled_at.is_(None)).values(settled_at=at)) > 0

    def unsettled(self, since: datetime, before: datetime) -> Sequence[HelpDeskMessage]:
        columns = taken_messages.c
        open_ones = columns.settled_at.is_(None) & (columns.taken_at >= since) & (columns.taken_at < before)
        wanted = select(columns.account, columns.conversation, columns.message).where(open_ones)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [HelpDeskMessage(*row) for row in connection.execute(wanted.order_by(columns.taken_at))]

    def forget(self, before: datetime) -> None:
        self._change(delete(taken_messages).where(taken_messages.c.taken_at < before))

    def _change(self, statement: Any) -> int:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            changed: int = connection.execute(statement).rowcount
            return changed
