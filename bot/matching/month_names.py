"""Names of months, weekdays and days of the month in English and the Nordic languages, forgiven their spelling."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

_MONTHS = (
    "january jan januar januari",
    "february feb februar februari febr",
    "march mar marts mars",
    "april apr",
    "may maj mai",
    "june jun juni",
    "july jul juli",
    "august aug augusti",
    "september sep sept",
    "october oct oktober okt",
    "november nov",
    "december dec desember des",
)
_WEEKDAYS = (
    "monday mon mandag måndag mandags måndags mandagen måndagen",
    "tuesday tue tues tirsdag tisdag tirsdags tisdags tirsdagen tisdagen",
    "wednesday wed onsdag onsdags onsdagen",
    "thursday thu thur thurs torsdag torsdags torsdagen",
    "friday fri fredag fredags fredagen",
    "saturday sat lørdag lördag lørdags lördags lørdagen lördagen",
    "sunday sun søndag söndag søndags söndags søndagen söndagen",
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
    "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth",
    "thirtieth", "thirty-first",
)  # fmt: skip

MONTHS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
"""Monday is 0, as in ``date.weekday``."""
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}

_ENGLISH_MONTHS = frozenset(
    (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
        "nov", "dec",
    )
)  # fmt: skip
_LONG_NAMES = tuple(name for name in MONTHS if len(name) >= 5 and name not in ("mars", "marts"))
_ALIKE_ENOUGH = 82.0


@lru_cache(maxsize=2048)
def month_number(word: str) -> int | None:
    """The month a lower-case word names, also misspelt (``setpember``), or None."""
    if word in MONTHS:
        return MONTHS[word]
    if len(word) < 5 or word in ("marts", "marks"):
        return None
    close = process.extractOne(word, _LONG_NAMES, scorer=fuzz.ratio, score_cutoff=_ALIKE_ENOUGH)
    return MONTHS[close[0]] if close and close[0][0] == word[0] else None


def is_english_month(word: str) -> bool:
    """Whether the day may follow it (``October 2``); after a Nordic month a number is something else."""
    return word in _ENGLISH_MONTHS or (word not in MONTHS and month_number(word) is not None)
