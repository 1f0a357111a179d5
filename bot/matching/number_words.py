"""Small numbers as words, in English and the Nordic languages."""

from __future__ import annotations

_ONE_TO_TWENTY = (
    "one en ein ett én",
    "two to två",
    "three tre",
    "four fire fyra",
    "five fem",
    "six seks sex",
    "seven syv sju",
    "eight otte åtte åtta",
    "nine ni nio",
    "ten ti tio",
    "eleven elleve elva",
    "twelve tolv",
    "thirteen tretten tretton",
    "fourteen fjorten fjorton",
    "fifteen femten femton",
    "sixteen seksten sexton",
    "seventeen sytten sjutton",
    "eighteen atten arton",
    "nineteen nitten nitton",
    "twenty tyve tjugo tjue",
)
_MORE = {
    "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "tredive": 30, "trettio": 30, "tretti": 30,
    "dozen": 12, "dusin": 12, "half a dozen": 6, "a dozen": 12, "two dozen": 24, "three dozen": 36,
    "et dusin": 12, "ett dussin": 12,
    "twenty-four": 24, "twenty-five": 25, "a pair of": 2, "et par": 2, "ett par": 2,
}  # fmt: skip

NUMBER_WORDS = {word: number for number, words in enumerate(_ONE_TO_TWENTY, 1) for word in words.split()} | _MORE
"""Lower-case words to their number."""

NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
"""A pattern for a small number in digits or words, for lower-case text."""


def read_number(written: str) -> int:
    """What a match of ``NUMBER`` means."""
    return int(written) if written.isdecimal() else NUMBER_WORDS[written]
