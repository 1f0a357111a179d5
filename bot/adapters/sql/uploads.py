"""Which files customers have handed in, in the desk database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timezone

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_tables import uploads
from bot.core.tickets import TicketFile


class SqlUploads:
    """The ``Uploads`` port over SQL. Files are aged by the real time, whatever day the desk acts on."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def unsent(self, form: str) -> list[TicketFile]:
        own = select(uploads).where(*_unsent(form)).order_by(uploads.c.position)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [file_of(row) for row in connection.execute(own).mappings()]

    def unsent_size(self, conversation: str) -> int:
        total = select(func.coalesce(func.sum(uploads.c.size), 0)).where(
            uploads.c.conversation_id == conversation, uploads.c.ticket.is_(None)
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return int(connection.execute(total).scalar_one())

    def has(self, form: str, digest: str) -> bool:
        same = select(uploads.c.id).where(*_unsent(form), uploads.c.digest == digest)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return connection.execute(same).first() is not None

    def digests(self, ids: Collection[str]) -> set[str]:
        sent = select(uploads.c.digest).where(uploads.c.id.in_(list(ids)))
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return set(connection.execute(sent).scalars())

    def add(self, conversation: str, form: str, file: TicketFile, digest: str) -> bool:
        row = insert(uploads).values(
            conversation_id=conversation,
            form=form,
            digest=digest,
            created_at=datetime.now(timezone.utc),
            **file.__dict__,
        )
        with told_as_unavailable("desk"):
            try:
                with self._engine.begin() as connection:
                    connection.execute(row)
            except IntegrityError:
                return False
        return True

    def remove(self, form: str, ids: Collection[str]) -> list[str]:
        return self._drop(*_unsent(form), uploads.c.id.in_(list(ids)))

    def drop_unsent_since_before(self, moment: datetime) -> list[str]:
        return self._drop(uploads.c.ticket.is_(None), uploads.c.created_at < moment)

    def known(self, ids: Collection[str]) -> set[str]:
        known = select(uploads.c.id).where(uploads.c.id.in_(list(ids)))
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return set(connection.execute(known).scalars())

    def _drop(self, *conditions: object) -> list[str]:
        """One transaction: a file that a ticket takes in the same moment is either taken or dropped."""
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            found = list(connection.execute(select(uploads.c.id).where(*conditions).with_for_update()).scalars())
            gone = delete(uploads).where(*conditions, uploads.c.id.in_(found))
            if found and connection.execute(gone).rowcount != len(found):
                connection.rollback()
                return []
            return found


def _unsent(form: str) -> tuple[object, ...]:
    return (uploads.c.form == form, uploads.c.ticket.is_(None))


def file_of(row: RowMapping) -> TicketFile:
    """The file that a row tells of."""
    return TicketFile(row["id"], row["name"], row["media_type"], row["size"])
