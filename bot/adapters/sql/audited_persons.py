"""What the audit log tells of a person; when the person is erased it stays complete, without the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, RowMapping

from bot.adapters.sql.access_tables import audit
from bot.core.email_addresses import masked_email
from bot.core.erased_names import names_pattern, without_names
from bot.services.privacy_ports import Person, Record

_WITH_WORDS = ("subject", "why")


class AuditEntries:
    """The ``PersonalData`` port over entries that name a person or what is theirs."""

    name = audit.name

    def __init__(self, connection: Connection, key: str) -> None:
        self._connection = connection
        self._key = key

    def export(self, person: Person) -> Sequence[Record]:
        return [dict(row) for row, _ in self._naming(person)]

    def erase(self, person: Person) -> int:
        naming = list(self._naming(person))
        for row, without in naming:
            entry = update(audit).where(audit.c.position == row["position"])
            self._connection.execute(entry.values(without))
        return len(naming)

    def _naming(self, person: Person) -> Iterator[tuple[RowMapping, dict[str, str]]]:
        """The entries, each with its words as they are without the person.

        What a person is called, and their address as lists show it, can be somebody else's too: these are looked for in
        entries only that name the person anyhow.
        """
        named = frozenset({*person.names, *person.called, masked_email(person.email)})
        known = names_pattern(person.names)
        every_one = select(audit).order_by(audit.c.position).execution_options(stream_results=True)
        for row in self._connection.execute(every_one).yield_per(1000).mappings():
            if any(known.search(row[column]) for column in _WITH_WORDS):
                yield row, {column: without_names(row[column], named, self._key) for column in _WITH_WORDS}
