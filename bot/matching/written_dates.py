"""Dates with the month in words, also misspelt: 2nd of October, October 2, d. 3. juni, in October 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.matching.day_resolution import DateMatch, day_or_none, full_year, recent_day, recent_month
from bot.matching.month_names import ORDINALS, is_english_month, month_number

_THIS_YEAR = r"this year|i år|iår|dette år|det här året"
_LAST_YEAR = r"last year|sidste år|i fjor|ifjor|i fjol|ifjol|förra året|siste året"
_YEAR = (
    r"(?:[ ,./-]{0,3}(?:in |of )?(?:(?P<year>(?:19|20)\d\d)(?![\w]|[.,/-]\d)"
    r"|'(?P<short>\d\d)(?!\w)|(?P<bare>\d\d)(?=\s*(?:$|[.;!?)\n]))"
    rf"|(?P<this>{_THIS_YEAR})\b|(?P<last>{_LAST_YEAR})\b))?"
)
_WORD = r"(?P<month>[^\W\d_]{3,10})"
_ORDINAL_WORDS = "|".join(sorted(ORDINALS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?<![\w.,/:])(?<!\d-)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|:[ae]|e|\.)?|(?P<dayword>{_ORDINAL_WORDS}))"
    rf"(?:\s{{1,2}}of\s{{1,2}}|\s{{1,2}}day of\s|[ \t\n./-]{{0,2}}){_WORD}(?![\w']){_YEAR}"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_WORD}\.?,?[ \t]{{1,2}}(?:(?P<the>the[ ])?(?P<day>\d{{1,2}})(?P<ordinal>st|nd|rd|th)?(?![\w%]"
    rf"|[.,:/-]\d|\s?[x×])"
    rf"|(?:the[ ])?(?P<dayword>{_ORDINAL_WORDS})\b){_YEAR}"
)
_SINCE = (
    r"in|during|since|from|of|early|mid|late|last|this|i|under|siden|sedan|sidst i|slutet av|slutten av"
    r"|i slutningen af|end of|start of"
)
_MONTH_ONLY = re.compile(
    rf"(?<!\w)(?:(?P<since>{_SINCE})[ -](?:early |late |mid[- ]?)?)?{_WORD}\.?(?![\w'-])"
    rf"(?:[ ,]{{1,2}}(?:of )?(?P<year>20\d\d)(?![\w]|[.,/-]\d)|\s(?P<this>{_THIS_YEAR})\b|\s(?P<last>{_LAST_YEAR})\b)?"
)
_AFTER_THE_MONTH_MAY = re.compile(
    r"\s*(?:$|[^\w\s]|\d|(?:from|at|by|in|for|and|to|or|was|is|with|via|through|hos|fra|från|this|last|until"
    r"|but|when|from)\b)"
)
_NOT_BEFORE_MONTH_FIRST = re.compile(r"(?:\bin|\bi|\bduring|\bsince|\bunder)\s$")
_RELATIVE_MONTH = re.compile(
    r"\b(?:(?P<last>last month|sidste måned|förra månaden|forrige måned|siste måned)|this month|denne måned"
    r"|den här månaden)\b"
)


def match_written_dates(text: str, today: date) -> Iterator[DateMatch]:
    """Dates with a day and a month in words, in lower-case text."""
    for match in _DAY_FIRST.finditer(text):
        if (month := month_number(match["month"])) and not _is_verb(match, text):
            yield _dated(match, month, today)
    for match in _MONTH_FIRST.finditer(text):
        month = month_number(match["month"])
        if month and is_english_month(match["month"]) and _day_belongs(match, text):
            yield _dated(match, month, today)


def match_months(text: str, today: date) -> Iterator[DateMatch]:
    """Months without a day: in October, October 2023, last month."""
    for match in _MONTH_ONLY.finditer(text):
        month = month_number(match["month"])
        if not month or not (
            match["since"] or match["year"] or match["this"] or match["last"] or _alone(text) == match["month"]
        ):
            continue
        yield DateMatch(match.start("month"), match.end(), month=_month_meant(match, month, today))
    for match in _RELATIVE_MONTH.finditer(text):
        before = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
        yield DateMatch(*match.span(), month=before if match["last"] else (today.year, today.month))


def _alone(text: str) -> str:
    """What is left of "the october one": an answer to a date that was asked back."""
    return re.sub(r"^(?:the|den|det)\s+|\s+(?:one|date)$", "", text.strip(" .!?"))


def _dated(match: re.Match[str], month: int, today: date) -> DateMatch:
    day = int(match["day"]) if match["day"] else ORDINALS[match["dayword"]]
    year = _year_meant(match, today)
    found = day_or_none(year, month, day) if year else recent_day(month, day, today)
    return DateMatch(*match.span(), days=(found,) if found else ())


def _year_meant(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    if short := match["short"] or match["bare"]:
        return full_year(short, today)
    if match["this"] or match["last"]:
        return today.year - bool(match["last"])
    return None


def _month_meant(match: re.Match[str], month: int, today: date) -> tuple[int, int]:
    if match["year"]:
        return int(match["year"]), month
    if match["this"] or match["last"]:
        return today.year - bool(match["last"]), month
    if match["since"] == "this":
        return today.year, month
    if match["since"] == "last" and month == today.month:
        return today.year - 1, month
    return recent_month(month, today)


def _is_verb(match: re.Match[str], text: str) -> bool:
    """``all 5 may be claimed`` holds no 5 May."""
    is_plain = (
        match["month"] == "may"
        and match["day"]
        and match.end("month") == match.end()
        and match.end("day") + 1 == match.start("month")
    )
    return bool(is_plain) and not _AFTER_THE_MONTH_MAY.match(text, match.end())


def _day_belongs(match: re.Match[str], text: str) -> bool:
    """``in June 3 monitors`` and ``may 15 products`` hold no day; ``on June 3`` and ``May 15th`` do."""
    if match["the"] or match["dayword"] or match["ordinal"] or match["year"]:
        return True
    before = text[max(0, match.start() - 8) : match.start()]
    if match["month"] == "may":
        return re.search(r"(?:\bon|\bby|\buntil|\bto|\bdated|^)\s?$", before) is not None
    return not _NOT_BEFORE_MONTH_FIRST.search(before)
