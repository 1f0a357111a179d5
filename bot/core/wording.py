"""The desk's own sentences: everything it says that is not an FAQ answer, by key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def long_date(day: date) -> str:
    """A date that cannot be misread: ``4 November 2023``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_month(year: int, month: int) -> str:
    """A month with its year: ``November 2023``."""
    return f"{MONTHS[month - 1]} {year}"


class Wording:
    """Sentences with ``{placeholders}``; dates among the values are written out."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    def __contains__(self, key: object) -> bool:
        return key in self._sentences

    def keys(self) -> frozenset[str]:
        return frozenset(self._sentences)

    def say(self, key: str, **values: object) -> str:
        """The sentence under ``key`` with its placeholders filled; raises ``KeyError`` for an unknown key or a missing value."""
        spoken = {name: long_date(value) if isinstance(value, date) else str(value) for name, value in values.items()}
        return self._sentences[key].format_map(spoken)
