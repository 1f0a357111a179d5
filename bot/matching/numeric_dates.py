"""Dates in digits: 2023-10-05, 2023/10/05, 05.10.2023, 5/10/2023, 27.9."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from bot.matching.day_resolution import DateMatch, day_or_none, full_year, recent_day

_YEAR_FIRST = re.compile(
    r"(?<![\w.,/:-])(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\w]|[./:-]\d)"
)
_YEAR_LAST = re.compile(
    r"(?<![\w.,/:-])(?P<first>\d{1,2})(?P<mark>[-/.]) ?(?P<second>\d{1,2})(?P=mark) ?(?P<year>(?:19|20)\d\d"
    r"|\d\d)(?![\w]|[./:,-]\d)"
)
_DANISH = re.compile(r"(?<![\w.,/:-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?: ?- ?| )(?P<year>20\d\d)(?![\w]|[./:,-]\d)")
_WITHOUT_YEAR = re.compile(
    r"(?<![\w.,/:-])(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P<dot>\.?)(?![\w%]|[./:,-]\d|-\w)"
)
_MONTH_AND_YEAR = re.compile(r"(?<![\w.,/:-])(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)(?![\w]|[./:,-]\d)")
_VERSION_BEFORE = re.compile(
    r"(?:\bv|\bver|version|firmware|driver|bios|build|windows|\bip|software|release)[ .:]{0,3}$"
)
_CURRENCY_NEAR = re.compile(r"(?:kr|dkk|sek|nok|eur|€|\$|£)\.? ?$")
_DATE_BEFORE = re.compile(
    r"(?:\bon|\bthe|\bit|\bthem|\bd\.?|\bden|\bsince|\bfrom|\bdated?|\bfra|\bfrån|\bpr\.?|\bbought|\bordered|\bpurchased"
    r"|\bkøbte?|\bköpte?s?|\bkjøpte?"
    r"|\bkjøpt|\bdato|\bdatum|\bdatert|\bdateret|\bdaterad|\bdag|\buntil|\bbefore|\bby|\bafter|\band|\bto)[ :]{1,2}$"
)
_SIZE_AFTER = re.compile(r' ?(?:"|\'\'|inch|in\b|tomme|tum|mm|cm|kg|gb|tb|hz|%|kr\b|dkk|sek|nok|eur|€|of\b|stars?)')
_YEARS_AROUND = 12


def match_numeric_dates(text: str, today: date) -> Iterator[DateMatch]:
    """Numeric dates of lower-case text; never amounts, versions, sizes or bare fractions."""
    for match in chain(_YEAR_FIRST.finditer(text), _DANISH.finditer(text)):
        day = day_or_none(int(match["year"]), int(match["month"]), int(match["day"]))
        yield DateMatch(*match.span(), days=(day,) if day else ())
    for match in _YEAR_LAST.finditer(text):
        if not _VERSION_BEFORE.search(text, max(0, match.start() - 12), match.start()):
            yield from _with_year(match, today)
    for match in _WITHOUT_YEAR.finditer(text):
        if _may_lack_year(match, text):
            yield DateMatch(*match.span(), days=_readings(match, lambda month, day: recent_day(month, day, today)))
    for match in _MONTH_AND_YEAR.finditer(text):
        yield DateMatch(*match.span(), month=(int(match["year"]), int(match["month"])))


def _with_year(match: re.Match[str], today: date) -> Iterator[DateMatch]:
    short = len(match["year"]) == 2
    year = full_year(match["year"], today) if short else int(match["year"])
    days = _readings(match, lambda month, day: day_or_none(year, month, day))
    plausible = (
        abs(year - today.year) <= _YEARS_AROUND and 0 < int(match["first"]) <= 31 and 0 < int(match["second"]) <= 31
    )
    if plausible or not short:
        yield DateMatch(*match.span(), days=days)


def _readings(match: re.Match[str], resolve: Callable[[int, int], date | None]) -> tuple[date, ...]:
    """Dots put the day first, as the Nordic countries write it; other marks leave both orders open."""
    first, second = int(match["first"]), int(match["second"])
    day_first, month_first = resolve(second, first), resolve(first, second)
    if match["mark"] == "." and day_first:
        return (day_first,)
    return tuple({day for day in (day_first, month_first) if day})


def _may_lack_year(match: re.Match[str], text: str) -> bool:
    first, second = int(match["first"]), int(match["second"])
    before, after = text[max(0, match.start() - 14) : match.start()], text[match.end() : match.end() + 10]
    if not (0 < first <= 31 and 0 < second <= 12 or 0 < second <= 31 and 0 < first <= 12) or match.group() == "24/7":
        return False
    if _SIZE_AFTER.match(after) or _VERSION_BEFORE.search(before) or _CURRENCY_NEAR.search(before):
        return False
    whole = text.strip() == match.group()
    goes_on = match["mark"] == "." and match["dot"] and second <= 12 and re.match(r" [a-zåäöæø]", after)
    return bool(whole or goes_on or _DATE_BEFORE.search(before))
