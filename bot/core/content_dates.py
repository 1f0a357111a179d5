"""Finds the dates in a text, in whatever way they are written, without judging whether they can be."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from bot.core.wording import MONTHS

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NUMBERS |= {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}

_MONTH = "(?P<month{0}>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:\s?(?:st|nd|rd|th)\b)?"
_YEAR = r"(?P<year{0}>\d{{4}}|['’]\d{{2}})(?!\d)"
_WEEKDAY = (
    r"(?:(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?),?\s+(?:the\s+)?)?"
)

_FORMS = (
    r"(?P<year1>\d{4})-(?P<day_of_month1>\d{2})-(?P<day1>\d{2})(?!\d)",
    r"(?P<day2>\d{1,2})(?P<sign>[./-])(?P<day_of_month2>\d{1,2})(?P=sign)(?P<year2>\d{4}|\d{2})(?!\d)",
    _MONTH.format(3)
    + r"\s+(?:the\s+)?"
    + _DAY.format(3)
    + r"(?![\d.]*\d)(?:(?:\s*,\s*|\s+(?:of\s+)?)"
    + _YEAR.format(3)
    + ")?",
    _DAY.format(4) + r"\s*(?:of\s+)?" + _MONTH.format(4) + r"(?:\s*,?\s*(?:of\s+)?" + _YEAR.format(4) + ")?",
    r"(?P<end>end\s+of)\s+(?:the\s+month\s+of\s+)?"
    + _MONTH.format(5)
    + r"(?:\s*,?\s*(?:of\s+)?"
    + _YEAR.format(5)
    + ")?",
    r"(?P<year_end>end\s+of(?:\s+the)?(?:\s+year)?)\s+" + _YEAR.format(6),
)
_DATE = re.compile(
    r"(?<![\w.])" + _WEEKDAY + "(?:" + "|".join(_FORMS) + ")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A day as a text names it: perhaps without a year, perhaps one that no calendar has."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    def in_year(self, year: int) -> date | None:
        """The date in the text's own year, else in the given one; None if there is no such day."""
        chosen = self.year or year
        if 1 <= self.month <= 12 and 1 <= self.day <= calendar.monthrange(chosen, self.month)[1]:
            return date(chosen, self.month, self.day)
        return None

    @property
    def weekday_is_wrong(self) -> bool:
        """Whether the text names a weekday on which this day does not fall."""
        found = self.in_year(self.year) if self.year else None
        return self.weekday is not None and found is not None and found.weekday() != self.weekday


@dataclass(frozen=True)
class DateMention:
    """A day and where in the text it stands."""

    day: Day
    words: str
    start: int
    end: int


def find_dates(text: str) -> list[DateMention]:
    """Every date of a text, in its order."""
    return [
        DateMention(_day(match), match[0].strip(), match.start(), match.end())
        for match in _DATE.finditer(text)
        if match["month3"] != "may"  # the verb, as in "you may 3 times"
    ]


def _day(match: re.Match[str]) -> Day:
    given = {re.sub(r"\d$", "", name): value for name, value in match.groupdict().items() if value is not None}
    year = _year(given.get("year"))
    month = _MONTH_NUMBERS[given["month"].lower()] if "month" in given else int(given.get("day_of_month", 12))
    if "end" in given:
        day = calendar.monthrange(year or 2023, month)[1]
    elif "year_end" in given:
        day = 31
    else:
        day = int(given["day"])
    weekday = given.get("weekday", "")[:3].lower()
    number = next((at for at, name in enumerate(_WEEKDAYS) if weekday and name.startswith(weekday)), None)
    if month > 12 >= day and "day_of_month" in given:
        month, day = day, month  # 12/31/2023 can only be meant the American way
    return Day(month, day, year, number)


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.lstrip("'’")
    return int(digits) + (2000 if len(digits) == 2 else 0)
