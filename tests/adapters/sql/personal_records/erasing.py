"""How a person is erased."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.sql.personal_records import SqlPersonalRecords
from tests.planted_persons import ANNA


def erase(records: SqlPersonalRecords, email: str) -> dict[str, int]:
    with records.opened() as opened:
        person = replace(opened.identify(email), references=frozenset({ANNA.reference}))
        return {kind.name: kind.erase(person) for kind in opened.kinds}
