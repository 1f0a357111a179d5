"""Finds dates in what customers type: numeric, written out, or against today's date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.folding import fold_case
from bot.matching.day_resolution import DateMatch
from bot.matching.numeric_dates import match_numeric_dates
from bot.matching.relative_dates import match_relative_dates
from bot.matching.written_dates import match_months, match_written_dates

_FAMILIES = (match_numeric_dates, match_written_dates, match_relative_dates, match_months)


@dataclass(frozen=True)
class FoundDate:
    """A date in the text: known (``value``), ambiguous (two ``readings``), only a ``month``, or impossible (none)."""

    start: int
    end: int
    text: str
    value: date | None = None
    readings: tuple[date, ...] = ()
    """Every day it may mean, the earliest first: two for 5/10/2023."""
    month: tuple[int, int] | None = None
    """Year and month, where no day is given (in October)."""

    @property
    def is_ambiguous(self) -> bool:
        return len(self.readings) > 1

    @property
    def is_impossible(self) -> bool:
        """A day that does not exist (31 June): worth asking back."""
        return self.value is None and not self.readings and self.month is None


def find_dates(text: str, today: date, taken: Sequence[tuple[int, int]] = ()) -> list[FoundDate]:
    """Dates in the order of the text; nothing is looked for in the ``taken`` spans (references, addresses)."""
    lowered = fold_case(text)
    for start, end in taken:
        lowered = lowered[:start] + "\0" * (end - start) + lowered[end:]
    matches = (match for family in _FAMILIES for match in family(lowered, today))
    return [_found(match, text) for match in _settle(matches, lowered)]


def _settle(matches: Iterable[DateMatch], text: str) -> Iterator[DateMatch]:
    """The first and longest where several overlap; a weekday before a full date only decorates it."""
    kept: list[DateMatch] = []
    for match in sorted(matches, key=lambda found: (found.start, -found.end)):
        if kept and match.start < kept[-1].end:
            continue
        if kept and kept[-1].is_weekday and not match.is_weekday and _only_joins(text[kept[-1].end : match.start]):
            kept.pop()
        kept.append(match)
    return iter(kept)


def _only_joins(between: str) -> bool:
    return between.strip(" ,.").lower() in ("", "the", "den", "d")


def _found(match: DateMatch, text: str) -> FoundDate:
    days = tuple(sorted(set(match.days)))
    return FoundDate(
        match.start,
        match.end,
        text[match.start : match.end],
        value=days[0] if len(days) == 1 else None,
        readings=days,
        month=match.month,
    )
