"""What the dates of a text stand for: when purchases or claims begin and end.

A date's *subject* (buying or claiming) is told by the nearest word about either; its *side* (first or last day) by the
words beside it. A date of which one of the two cannot be told is something else, and compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from bot.core.content_dates import DateMention, Day, find_dates


class DayMeaning(Enum):
    """What a day is the first or last day of."""

    PURCHASE_START = auto()
    PURCHASE_END = auto()
    CLAIM_START = auto()
    CLAIM_END = auto()
    OTHER = auto()


@dataclass(frozen=True)
class StatedDay:
    """A day with its meaning."""

    meaning: DayMeaning
    day: Day
    words: str


class _Side(Enum):
    START = auto()
    END = auto()


class _Subject(Enum):
    PURCHASE = auto()
    CLAIM = auto()
    NEITHER = auto()


_MEANINGS = {
    (_Subject.PURCHASE, _Side.START): DayMeaning.PURCHASE_START,
    (_Subject.PURCHASE, _Side.END): DayMeaning.PURCHASE_END,
    (_Subject.CLAIM, _Side.START): DayMeaning.CLAIM_START,
    (_Subject.CLAIM, _Side.END): DayMeaning.CLAIM_END,
}

_OFFER = r"(?:promotion(?:al)?|offer|campaign|cashback|discount|deal)"
_PERIOD = rf"(?:{_OFFER}|purchas\w+|buying|qualifying)\s+(?:period|window|time)"
_CLAIMING = r"(?:claim\w*|appl(?:y|ying|ied|ications?)|regist\w*|submi\w*)"
_LAST_DAY = (
    r"(?:deadline|(?:last|final|latest)\s+(?:possible\s+)?(?:day|date|moment)|closing\s+date|cut-?off(?:\s+date)?)"
)
_NAMED = re.compile(
    rf"(?P<claim>(?:claim|application|registration|submission)s?\s+(?:deadline|period|window|cut-?off|phase)"
    rf"|{_LAST_DAY}\s+(?:for|to|of)\s+(?:\w+\s+){{0,2}}?{_CLAIMING})"
    rf"|(?P<purchase>{_LAST_DAY}\s+(?:for|to|of)\s+(?:\w+\s+){{0,2}}?(?:purchas|buy)\w*|purchase\s+deadline)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"(?P<claim>regist\w*(?:\s+\w+){{0,2}}?\s+(?:purchases?|products?)|proof\s+of\s+purchase|{_CLAIMING}|upload\w*"
    rf"|(?:send|hand|sent|handed)\s+in|participat\w*|\bform\b)"
    rf"|(?P<purchase>{_PERIOD}|purchas\w*|bought|\bbuy\w*|invoiced?\s+(?:is\s+|are\s+)?(?:date\w*|between|from|until|by)|dated|date\s+of\s+(?:the\s+|your\s+)?(?:invoice|receipt)"
    rf"|{_OFFER}\s+(?:itself\s+)?(?:is\s+|will\s+)?(?:runs?|starts?|begins?|ends?|valid|lasts?|open|closes?|finish\w*|expires?|started|began|ended|available))"
    rf"|(?P<neither>pa(?:id|y\w*)|transfer\w*|validat\w*|review\w*|answer\w*|updat\w*|deliver\w*|shipp\w*|notif\w*|publish\w*|terms)",
    re.IGNORECASE,
)
_CUES = (
    (_Side.START, r"\bnot\s+(?:before|earlier\s+than)|\bfrom\b|\bsince\b|\bstart\w*|\bbeg[aiu]n\w*|\bas\s+of\b"
                  r"|\bon\s+or\s+after\b|\bopens?\b|\bearliest\b|\bbetween\b"),
    (_Side.END, r"\b(?:no|not)\s+later\s+than|\b(?:at\s+the\s+)?latest\b|\buntil\b|\btill?\b|\bby\b|\bup\s+to\b"
                r"|\bthrough\b|\bend(?:s|ing|ed)?\b|\blast\b|\bdeadline\b"
                r"|\bclos(?:es?|ing)\b|\bfinal\b|\bcut-?off\b|\bexpire\w*|\bbefore\b|\bprior\s+to\b|\bto\b(?=\s*$)"),
    (None, r"(?<!or\s)\bafter\b|(?<!no\s)(?<!not\s)\blater\s+than\b|\bpast\b"),
)  # fmt: skip
_END_AFTERWARDS = re.compile(
    r"\s*(?:\(?\w+\)?\s*){0,3}?,?\s*(?:at\s+the\s+latest|is\s+the\s+(?:very\s+)?(?:last|final|latest|deadline|closing|cut)|or\s+(?:earlier|before))(?!\s+by)",
    re.I,
)
_START_AFTERWARDS = re.compile(r"\s*(?:on\b|onwards?|or\s+later|and\s+later)", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"(?<!on or )\b(?:before|prior\s+to)\s+(?:the\s+)?\W*$", re.IGNORECASE)
_NO_MORE = re.compile(r"\b(?:no\s+longer|any\s*more|too\s+late)\b", re.IGNORECASE)
_REFUSAL = re.compile(
    r"\b(?:cannot|not|no|never|neither|unable|unfortunately|refus\w*|reject\w*|expired?|closed|invalid|ineligible|declin\w*|exclud\w*|too\s+late|impossible|void)\b|n['’´]t\b",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\b(?:must|has|have|needs?|should|shall|please|not)\b", re.IGNORECASE)
_FROM_TO = re.compile(
    r"[\s,.]*(?:\(?\d{1,2}[:.]\d\d\)?\s*(?:h|cet|cest|am|pm)?\s*)?(?:up\s+)?(?:to|until|till|through|thru|–|—|-|and\s+until)(?:\s+and\s+including)?(?:\s+the)?\s*",
    re.I,
)
_AND = re.compile(r"\s*,?\s*and(?:\s+the)?\s*", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:()]|\s[-–]\s")


def find_days(sentences: Sequence[str], context: str) -> Iterator[StatedDay]:
    """Every day of a text with its meaning; ``context`` (the question) tells the subject where the text does not."""
    before = context
    for sentence in sentences:
        mentions = find_dates(sentence)
        ranges = {at for at in range(len(mentions) - 1) if _is_range(sentence, mentions, at)}
        for at in range(len(mentions)):
            yield _stated(sentence, mentions, at, ranges, before)
        before = f"{before} {sentence}"


def _is_range(sentence: str, mentions: Sequence[DateMention], at: int) -> bool:
    between = sentence[mentions[at].end : mentions[at + 1].start]
    ahead = sentence[mentions[at - 1].end if at else 0 : mentions[at].start]
    return bool(
        _FROM_TO.fullmatch(between) or (_AND.fullmatch(between) and re.search(r"\bbetween\b", ahead, re.IGNORECASE))
    )


def _stated(sentence: str, mentions: Sequence[DateMention], at: int, ranges: set[int], context: str) -> StatedDay:
    mention = mentions[at]
    ahead = sentence[mentions[at - 1].end if at else 0 : mention.start]
    behind = sentence[mention.end : mentions[at + 1].start if at + 1 < len(mentions) else len(sentence)]
    if at in ranges:
        later = mentions[at + 1].day
        return _meant(
            sentence,
            mentions,
            at,
            _Side.START,
            _year_of(mention.day, later),
            _open(sentence, mentions, set()),
            context,
        )
    if at - 1 in ranges:
        return _meant(
            sentence,
            mentions,
            at - 1,
            _Side.END,
            mention.day,
            _open(sentence, mentions, set()),
            context,
            mention.words,
        )
    side, day = _side(sentence, ahead, behind, mention.day)
    if side is None:
        return StatedDay(DayMeaning.OTHER, mention.day, mention.words)
    return _meant(sentence, mentions, at, side, day, _open(sentence, mentions, ranges), context)


def _meant(
    sentence: str,
    mentions: Sequence[DateMention],
    at: int,
    side: _Side,
    day: Day,
    open_text: str,
    context: str,
    words: str = "",
) -> StatedDay:
    nearest = mentions[at]
    begin = mentions[at - 1].end if at else 0
    until = mentions[at + 1].start if at + 1 < len(mentions) else len(sentence)
    subject = _subject(open_text, begin, nearest, until, context)
    return StatedDay(_MEANINGS.get((subject, side), DayMeaning.OTHER), day, words or nearest.words)


def _open(sentence: str, mentions: Sequence[DateMention], ranges: set[int]) -> str:
    """The sentence with its dates blanked, and with every period's name that a range has already explained."""
    text = sentence
    for at, mention in enumerate(mentions):
        start = mention.start
        if at in ranges:
            named = re.search(rf"{_PERIOD}[\s(:,]*(?:(?:from|between|of|is)\s+)?$", text[:start], re.IGNORECASE)
            start = named.start() if named else start
        text = text[:start] + " " * (mention.end - start) + text[mention.end :]
    return text


def _year_of(day: Day, later: Day) -> Day:
    """The first day of a range, with the year that only its last day may carry."""
    if day.year or not later.year:
        return day
    return replace(day, year=later.year - ((day.month, day.day) > (later.month, later.day)))


def _side(sentence: str, ahead: str, behind: str, day: Day) -> tuple[_Side | None, Day]:
    if _END_AFTERWARDS.match(behind):
        return _Side.END, day
    cues = [(found.end(), side) for side, pattern in _CUES for found in re.finditer(pattern, ahead, re.IGNORECASE)]
    if not cues:
        return (_Side.START if _START_AFTERWARDS.match(behind) else None), day
    side = max(cues, key=lambda cue: cue[0])[1]
    if side is None:
        return (_Side.END if _REFUSAL.search(sentence) else None), day
    if _DAY_BEFORE.search(ahead) and _REFUSAL.search(sentence) and not _DUTY.search(ahead):
        return _Side.START, day  # what comes before this day is refused
    if side is _Side.START and _NO_MORE.search(sentence):
        return _Side.END, _day_before(day)
    return side, _day_before(day) if side is _Side.END and _DAY_BEFORE.search(ahead) else day


def _day_before(day: Day) -> Day:
    """The last day of which "before" this day speaks."""
    found = day.in_year(day.year or 2023)
    if found is None:
        return day
    earlier = found - timedelta(days=1)
    return Day(earlier.month, earlier.day, earlier.year if day.year else None)


def _subject(text: str, begin: int, mention: DateMention, until: int, context: str) -> _Subject:
    named = _last(_NAMED, text[begin : mention.start]) or _first(_NAMED, text[mention.end : until])
    if named:
        return named
    clause_start = max((found.end() for found in _CLAUSE_END.finditer(text, 0, mention.start)), default=0)
    clause_end = min((found.start() for found in _CLAUSE_END.finditer(text, mention.end)), default=len(text))
    return (
        _last(_SUBJECT, text[clause_start : mention.start])
        or _first(_SUBJECT, text[mention.end : clause_end])
        or _last(_SUBJECT, text[:clause_start])
        or _first(_SUBJECT, text[clause_end:])
        or _last(_SUBJECT, context)
        or (_Subject.CLAIM if re.search(_LAST_DAY, text, re.IGNORECASE) else _Subject.NEITHER)
    )


def _last(pattern: re.Pattern[str], text: str) -> _Subject | None:
    found = [match.lastgroup for match in pattern.finditer(text)]
    return _Subject[str(found[-1]).upper()] if found else None


def _first(pattern: re.Pattern[str], text: str) -> _Subject | None:
    match = pattern.search(text)
    return _Subject[str(match.lastgroup).upper()] if match else None
