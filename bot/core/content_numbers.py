"""Finds durations, amounts of money and counts in a text, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * tens
    for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_TENS["fourty"] = 40
_SPOKEN = {
    **_ONES,
    **_TENS,
    "a dozen": 12,
    "half a dozen": 6,
    "a hundred": 100,
    "one hundred": 100,
    "a single": 1,
}
_SPOKEN |= {
    f"{tens}{joint}{ones}": _TENS[tens] + _ONES[ones] for tens in _TENS for ones in list(_ONES)[1:10] for joint in "- "
}
_WORD = "|".join(sorted(map(re.escape, _SPOKEN), key=len, reverse=True))
_NUMBER = rf"(?:\d+|(?:{_WORD})\b)(?:\s*\(\s*(?:\d+|(?:{_WORD}))\s*\))?"
NUMBER = rf"(?<![\w.,-]){_NUMBER}"
"""A whole number; the same once more in brackets belongs to it."""

_QUALIFIER = r"(?:full|whole|calendar|working|business|banking|week|consecutive|extra|additional|more|further|other)"
_DURATION = re.compile(
    rf"(?P<number>{NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<until>{_NUMBER}))?[\s-]*(?P<kind>(?:{_QUALIFIER}[\s-]+)*)(?P<unit>day|week|fortnight|month|year)s?\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}

_CURRENCIES = {
    "kr": "kr", "kroner": "kr", "kronor": "kr", "nok": "kr", "sek": "kr", "dkk": "kr",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP", "pounds": "GBP", "$": "USD", "usd": "USD", "dollars": "USD",
}  # fmt: skip
_CURRENCY = r"(?:€|£|\$|\b(?:kr\b\.?|kroner|kronor|nok|sek|dkk|euros?|eur|gbp|pounds|usd|dollars)(?![a-z]))"
_SUM = r"\d{1,3}(?:[., ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_AMOUNT = re.compile(
    rf"(?P<before>{_CURRENCY})\s*(?P<sum1>{_SUM})|(?<![\d.,])(?P<sum2>{_SUM})(?:,-)?\s*(?P<after>{_CURRENCY})",
    re.IGNORECASE,
)

_THING = r"(?:products?|items?|devices?|units?|accessor(?:y|ies)|articles?|pieces?)"
_ADJECTIVES = (
    r"(?:\s+of\s+(?:our|your|the|these))?(?:\s+(?!(?:of|the|a|an|and|or|per|for|in|on|to|claims?)\b)[a-z´’'-]+){0,3}?"
)
_THINGS = re.compile(rf"(?P<number>{NUMBER}){_ADJECTIVES}\s+{_THING}\b", re.IGNORECASE)
_AT_LEAST = re.compile(r"\b(?:at\s+least|minimum\s+of|fewer\s+than|less\s+than)\s+$", re.IGNORECASE)
_MORE_THAN = re.compile(r"\bmore\s+than\s+$", re.IGNORECASE)
_NOT_MORE_THAN = re.compile(r"(?:\b(?:no|not|cannot|never)\b|n['’´]t\b)[^.,;]{0,40}\bmore\s+than\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """A number found in a text: days, things, or a sum of one currency."""

    value: Decimal
    unit: str
    """``calendar days``, ``working days`` or ``days``; ``products``; or the currency."""
    words: str
    start: int
    end: int
    is_extra: bool = False
    """For days: whether they come on top of others."""


def find_durations(text: str) -> Iterator[Measure]:
    """Every duration, in days; of a span (4-6 weeks) both ends."""
    for match in _DURATION.finditer(text):
        kind = match["kind"].lower()
        unit = (
            "working days"
            if re.search(r"working|business|banking|week", kind)
            else "calendar days"
            if "calendar" in kind
            else "days"
        )
        before = text[: match.start()].rstrip().lower()
        extra = bool(re.search(r"extra|additional|more|further|other", kind)) or before.endswith(
            ("another", "further", "additional")
        )
        extra = extra or bool(
            re.match(r"\s*(?:more|extra|longer|on top|in addition)\b", text[match.end() :], re.IGNORECASE)
        )
        for number in _numbers(match["number"]) + _numbers(match["until"]):
            yield Measure(number * _DAYS[match["unit"].lower()], unit, match[0], match.start(), match.end(), extra)


def find_amounts(text: str) -> Iterator[Measure]:
    """Every sum of money. Three digits after a dot or comma are thousands, fewer are parts of one."""
    for match in _AMOUNT.finditer(text):
        written = (match["sum1"] or match["sum2"]).replace(" ", "")
        currency = (match["before"] or match["after"]).lower().rstrip(".")
        whole, mark, part = written.rpartition(written[-3] if len(written) > 2 and written[-3] in ".," else "\0")
        if not mark and len(written) > 1 and written[-2] in ".,":
            whole, part = written[:-2], written[-1]
        value = Decimal(re.sub(r"[.,]", "", whole if whole else written) + ("." + part if whole else ""))
        yield Measure(value, _CURRENCIES[currency], match[0], match.start(), match.end())


def find_counts(text: str) -> Iterator[Measure]:
    """Every number of products that is not a least or an excess: "no more than 15" counts, "more than 15" does not."""
    for match in _THINGS.finditer(text):
        before = text[: match.start()]
        if _AT_LEAST.search(before) or (_MORE_THAN.search(before) and not _NOT_MORE_THAN.search(before)):
            continue
        for number in _numbers(match["number"]):
            yield Measure(number, "products", match[0], match.start(), match.end())


def _numbers(text: str | None) -> list[Decimal]:
    """What a number says, and the one in its brackets if that says something else."""
    values: list[Decimal] = []
    for part in re.findall(rf"\d+|{_WORD}", (text or "").lower()):
        value = Decimal(part) if part.isdigit() else Decimal(_SPOKEN[part])
        if value not in values:
            values.append(value)
    return values
