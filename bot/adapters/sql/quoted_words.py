"""Where the desk quotes what a customer said, as phrases of gaps: the decision stays, the words go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.engine import Connection, RowMapping

from bot.core.erased_names import without_sayings
from bot.core.gap_groups import key_of
from bot.services.privacy_ports import Person, Record


class QuotedWords:
    """The ``PersonalData`` port over columns that quote whole sayings, in texts or somewhere in JSON."""

    def __init__(self, connection: Connection, table: Table, *columns: str) -> None:
        self.name = table.name
        self._connection = connection
        self._table = table
        self._columns = columns

    def export(self, person: Person) -> Sequence[Record]:
        return [dict(row) for row, _ in self._quoting(person)]

    def erase(self, person: Person) -> int:
        quoting = list(self._quoting(person))
        for row, without in quoting:
            own = [column == row[column.name] for column in self._table.primary_key]
            self._connection.execute(update(self._table).where(*own).values(without))
        return len(quoting)

    def _quoting(self, person: Person) -> Iterator[tuple[RowMapping, Mapping[str, Any]]]:
        """The rows, each with what its columns are without the person's words."""
        keys = {key_of(saying) for saying in person.sayings}
        for row in self._connection.execute(select(self._table)).mappings() if keys else ():
            without = {column: without_sayings(row[column], keys) for column in self._columns}
            if any(without[column] != row[column] for column in self._columns):
                yield row, without
