"""What is gone from the desk database and has still to go elsewhere, noted in the transaction that removed it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection, Engine

from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.removal_tables import removals
from bot.adapters.sql.upserts import upsert
from bot.services.privacy_ports import Place


def note_removals(connection: Connection, place: Place, keys: Collection[str]) -> None:
    """Note what has to go from a place, once the transaction of this connection is over."""
    if not keys:
        return
    rows = [{"place": place.value, "key": key} for key in sorted(keys)]
    connection.execute(upsert(connection, removals).on_conflict_do_nothing(), rows)


class SqlRemovals:
    """The ``Removals`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def pending(self, place: Place, after: str, most: int) -> Sequence[str]:
        noted = select(removals.c.key).where(removals.c.place == place.value, removals.c.key > after)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return list(connection.execute(noted.order_by(removals.c.key).limit(most)).scalars())

    def done(self, place: Place, keys: Collection[str]) -> None:
        gone = delete(removals).where(removals.c.place == place.value, removals.c.key.in_(list(keys)))
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(gone)
