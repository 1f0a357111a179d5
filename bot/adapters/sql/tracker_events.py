"""Rasa's conversations in its tracker store, read and removed without Rasa: its table ``events`` is all that is relied on."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, delete, func, inspect, select
from sqlalchemy.engine import Connection, Engine

from bot.adapters.sql.outages import told_as_unavailable
from bot.core.retention import Kept
from bot.services.privacy_ports import Place, Record

events = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255), nullable=False),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text),
)
"""As ``rasa.core.tracker_store.SQLTrackerStore`` makes it; a sender is a conversation of the desk."""


class TrackerEvents:
    """The ``Dialogue``, ``Elsewhere`` and ``AgingData`` ports over Rasa's table; a store that Rasa has not begun yet is empty."""

    place = Place.RASA
    name = "Rasa's conversations"
    kept = Kept.CONVERSATIONS
    ages_by_desk_clock = False

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, conversations: Collection[str]) -> Sequence[Record]:
        own = select(events).where(events.c.sender_id.in_(list(conversations))).order_by(events.c.id)
        with self._open() as connection:
            rows = connection.execute(own).mappings().all() if connection else []
        return [{**row, "data": json.loads(row["data"] or "null")} for row in rows]

    def remove(self, keys: Collection[str]) -> Collection[str]:
        with self._open() as connection:
            if connection:
                connection.execute(delete(events).where(events.c.sender_id.in_(list(keys))))
        return keys

    def count(self, before: datetime) -> int:
        silent = _last_events().having(func.max(events.c.timestamp) < before.timestamp()).subquery()
        with self._open() as connection:
            return int(connection.execute(select(func.count()).select_from(silent)).scalar_one()) if connection else 0

    def drop(self, before: datetime, most: int) -> Iterator[int]:
        """Goes through all conversations once, in the order of the index on them."""
        after = ""
        while True:
            seen, silent = self._drop_some(after, before, most)
            if silent:
                yield silent
            if len(seen) < most:
                return
            after = seen[-1]

    def _drop_some(self, after: str, before: datetime, most: int) -> tuple[Sequence[str], int]:
        """The next conversations, and how many of them were removed."""
        some = _last_events().where(events.c.sender_id > after).order_by(events.c.sender_id).limit(most)
        with self._open() as connection:
            rows = connection.execute(some).all() if connection else []
            silent = [row.sender_id for row in rows if row.last is not None and row.last < before.timestamp()]
            if connection and silent:
                connection.execute(delete(events).where(events.c.sender_id.in_(silent)))
        return [row.sender_id for row in rows], len(silent)

    @contextmanager
    def _open(self) -> Iterator[Connection | None]:
        """A transaction, or None if there is no table yet."""
        with told_as_unavailable("tracker"), self._engine.begin() as connection:
            yield connection if inspect(connection).has_table(events.name) else None


def _last_events() -> select:
    return select(events.c.sender_id, func.max(events.c.timestamp).label("last")).group_by(events.c.sender_id)
