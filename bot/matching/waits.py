"""Tells a short wait from a long one: "three weeks" and "nine weeks" look alike, but need different answers."""

from __future__ import annotations

import re

from bot.matching.number_words import NUMBER, read_number

LONG = "longwait overlimit"
SHORT = "shortwait withinlimit"
"""Words put behind a text that names a wait, for the matcher to learn from."""
_DAYS = {
    "day": 1, "days": 1, "dag": 1, "dage": 1, "dagar": 1, "dager": 1, "dagen": 1, "dayz": 1,
    "week": 7, "weeks": 7, "wk": 7, "wks": 7, "uge": 7, "uger": 7, "uke": 7, "uker": 7, "vecka": 7, "veckor": 7,
    "fortnight": 14, "fortnights": 14,
    "month": 30, "months": 30, "mth": 30, "mths": 30, "måned": 30, "måneder": 30, "maaned": 30, "maaneder": 30,
    "månad": 30, "månader": 30, "manad": 30, "manader": 30, "maned": 30, "maneder": 30,
    "year": 365, "years": 365, "år": 365,
}  # fmt: skip
_HALF = {"half a year": 182, "halvt år": 182, "halvår": 182, "halv år": 182}
_WAIT = re.compile(
    rf"(?<![\w.,-])(?P<number>{NUMBER}|an?|another|couple of|a few|few|several|many|mange|flere|många|flera)"
    rf"\s?(?:more |whole |full |long |business |working |calendar |hele |hela )?(?P<unit>{'|'.join(sorted(_DAYS, key=len, reverse=True))})\b"
)
_VAGUE = {
    "a": 1, "an": 1, "another": 1, "couple of": 2, "a few": 3, "few": 3, "several": 4, "many": 5,
    "mange": 5, "flere": 3, "många": 5, "flera": 3,
}  # fmt: skip


def longest_wait(text: str) -> int | None:
    """The longest span of time that a lower-case text names, in days; None if it names none."""
    spans = [_length(match["number"]) * _DAYS[match["unit"]] for match in _WAIT.finditer(text)]
    spans += [days for words, days in _HALF.items() if words in text]
    return max(spans, default=None)


def mark_wait(text: str, long_from: int | None) -> str:
    """The text with a word behind it for how long a wait it names; ``long_from`` in days, None to leave all as they are."""
    wait = longest_wait(text) if long_from is not None else None
    if wait is None or long_from is None:
        return text
    return f"{text} {LONG if wait > long_from else SHORT}"


def _length(number: str) -> int:
    return _VAGUE[number] if number in _VAGUE else read_number(number)
