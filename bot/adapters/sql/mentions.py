"""Where an address stands in the desk database, whatever the table: what erasing by rule has not found can be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Column, MetaData, String, Table, Text, cast, func, or_, select
from sqlalchemy.engine import Connection

from bot.adapters.sql.claims_tables import claims_metadata
from bot.adapters.sql.tracker_events import events
from bot.services.privacy_ports import Mention

ELSEWHERE = frozenset({*claims_metadata.tables, events.name})
"""Tables that may lie in the same database, and are none of the desk's own."""


class Mentions:
    """Every row that holds a text, in any case, also of tables that no other part of the program knows."""

    def __init__(self, connection: Connection, text: str) -> None:
        self._connection = connection
        self._text = text
        self._tables = MetaData()
        self._tables.reflect(connection, only=lambda name, _: name not in ELSEWHERE)

    def all(self) -> Sequence[Mention]:
        return [mention for table in self._tables.sorted_tables for mention in self._in_table(table)]

    def still(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Those that are there after what was changed meanwhile: a look at each row, not at all."""
        return [mention for mention in mentions if self._stands(mention)]

    def _in_table(self, table: Table) -> Iterator[Mention]:
        key = _key(table)
        for row in self._connection.execute(select(*key).where(self._holds(table)).order_by(*key)):
            yield Mention(table.name, tuple(row))

    def _stands(self, mention: Mention) -> bool:
        table = self._tables.tables[mention.table]
        own = [column == value for column, value in zip(_key(table), mention.key)]
        return self._connection.execute(select(*_key(table)).where(*own, self._holds(table))).first() is not None

    def _holds(self, table: Table) -> Any:
        """The condition; false where no column can hold words."""
        return or_(
            False,
            *(
                func.lower(cast(column, Text)).contains(self._text.lower(), autoescape=True)
                for column in table.columns
                if _holds_words(column)
            ),
        )


def _key(table: Table) -> list[Column]:
    return list(table.primary_key) or list(table.columns)[:1]


def _holds_words(column: Column) -> bool:
    return isinstance(column.type, (String, JSON))
