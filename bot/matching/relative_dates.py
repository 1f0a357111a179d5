"""Dates told against today: yesterday, last Tuesday, two weeks ago, i går, for tre dager siden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.matching.day_resolution import DateMatch, coming_weekday, recent_weekday, weekday_of_last_week
from bot.matching.month_names import WEEKDAYS
from bot.matching.number_words import NUMBER, read_number

_DAYS_BACK = {
    "day before yesterday": 2, "i forgårs": 2, "i forgars": 2, "i förrgår": 2, "forgårs": 2, "i forrgår": 2,
    "förrgår": 2,
    "yesterday": 1, "yesteday": 1, "yesterdy": 1, "i går": 1, "igår": 1, "i gaar": 1, "i gär": 1,
    "today": 0, "i dag": 0, "idag": 0,
    "tomorrow": -1, "i morgen": -1, "i morgon": -1, "imorgen": -1, "imorgon": -1, "i morra": -1,
}  # fmt: skip
_DAY_WORD = re.compile(r"(?<![\w])(?:the )?(" + "|".join(sorted(_DAYS_BACK, key=len, reverse=True)) + r")(?!\w)")
_AGO = re.compile(
    rf"(?<![\w.,/-])(?P<number>{NUMBER}|a|an|et|den) ?(?P<unit>days?|weeks?|fortnights?|dage?n?|dagar|dager"
    rf"|dag|uger?|uker?|veckor|vecka)"
    r" (?:ago|siden|sidan|sedan|back)(?!\w)"
)
_VAGUE_BEFORE = re.compile(
    r"\b(?:about|around|roughly|some|over|almost|nearly|than|approximately|ca|circa|omkring|cirka|omtrent"
    r"|maybe|perhaps)\.? $"
)
_NAMES = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_LONG_NAMES = "|".join(sorted((name for name in WEEKDAYS if len(name) > 5), key=len, reverse=True))
_LAST_WEEK = r"last week|(?:i )?sidste uge|(?:i )?forrige uke|(?:i )?forrige uge|förra veckan|the week before"
_OF_LAST_WEEK = re.compile(
    rf"\b(?:(?:on )?(?P<day>{_NAMES}) (?:of )?(?:{_LAST_WEEK})|(?:last week(?:'s)?"
    rf"|førre veke) (?:on )?(?P<other>{_NAMES}))\b"
)
_WEEKDAY = re.compile(
    rf"\b(?P<word>last|this past|past|on|this|since|from|next|i|sidste|siste|sist|förra|denne|næste|nästa"
    rf"|neste|på|om|kommende|"
    rf"this coming) (?P<day>{_NAMES})(?!\w)"
)
_BARE_WEEKDAY = re.compile(rf"^\W*(?P<day>{_LONG_NAMES})\W*$")
_COMING = frozenset(("next", "this coming", "næste", "nästa", "neste", "kommende", "om"))
_NEXT_AFTER = re.compile(r" (?:next|i næste|nästa|neste) ?(?:week|uge|vecka|uke)?")


def match_relative_dates(text: str, today: date) -> Iterator[DateMatch]:
    """Days told against today, in lower-case text; vague ones (a few weeks ago) are none."""
    for match in _DAY_WORD.finditer(text):
        yield DateMatch(*match.span(), days=(today - timedelta(days=_DAYS_BACK[match[1]]),))
    for match in _AGO.finditer(text):
        if not _VAGUE_BEFORE.search(text, max(0, match.start() - 16), match.start()):
            yield DateMatch(*match.span(), days=(today - _length_of(match),))
    for match in _OF_LAST_WEEK.finditer(text):
        day = weekday_of_last_week(WEEKDAYS[match["day"] or match["other"]], today)
        yield DateMatch(*match.span(), days=(day,), is_weekday=True)
    yield from _weekdays(text, today)


def _weekdays(text: str, today: date) -> Iterator[DateMatch]:
    for match in _WEEKDAY.finditer(text):
        weekday = WEEKDAYS[match["day"]]
        coming = match["word"] in _COMING or _NEXT_AFTER.match(text, match.end())
        day = coming_weekday(weekday, today) if coming else recent_weekday(weekday, today)
        yield DateMatch(match.start(), match.end(), days=(day,), is_weekday=True)
    if alone := _BARE_WEEKDAY.match(text):
        day = recent_weekday(WEEKDAYS[alone["day"]], today)
        yield DateMatch(*alone.span("day"), days=(day,), is_weekday=True)


def _length_of(match: re.Match[str]) -> timedelta:
    number = 1 if match["number"] in ("a", "an", "et", "den") else read_number(match["number"])
    if match["unit"].startswith("fortnight"):
        return timedelta(days=14 * number)
    return timedelta(days=number * (1 if match["unit"].startswith("da") else 7))
