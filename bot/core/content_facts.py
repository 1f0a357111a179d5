"""The typed facts that an answer states in words: days, durations, sums, counts and what is promised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.core.content_dates import Day
from bot.core.content_deadlines import DayMeaning, find_days
from bot.core.content_numbers import Measure, find_amounts, find_counts, find_durations

_RECEIVING = re.compile(
    r"\b(?:pay\w*|paid|transfer\w*|discount|cash\s?back|money|refund\w*|receiv\w*|reimburs\w*|credited)\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"n[o']t\s+(?:yet\s+)?(?:\w+\s+)?(?:receiv|arriv|been\s+(?:paid|credited)|got|seen)|n't\s+(?:yet\s+)?(?:receiv|arriv|been\s+paid|got|seen|had)"
    r"|still\s+(?:not|waiting|missing|no\b)|no\s+(?:payment|money)|without\s+(?:payment|your|the)|overdue|nothing\s+has|contact\s+(?:us|our|customer)"
    r"|get\s+in\s+touch|\bif\b[^.]{0,60}\b(?:longer|more)\s+than|wait\w*\s+(?:for\s+)?(?:longer|more)\s+than",
    re.IGNORECASE,
)
_BANK_DELAY = re.compile(
    r"\bdelay\w*|\bbank\w*(?:\s+\w+){0,2}\s+(?:may|can|could|might|will|needs?|takes?)\b|\bon top\b"
    r"|\b(?:due\s+to|because\s+of)\s+(?:\w+\s+)?bank",
    re.IGNORECASE,
)
_HANDING_IN = re.compile(
    r"\b(?:of|after|from|since)\s+(?:the\s+|your\s+)?(?:purchas\w*|buying|invoice|delivery)\b", re.IGNORECASE
)
_CLAIMING = re.compile(r"\b(?:claim|appl[iy]|regist|submi|hand)\w*", re.IGNORECASE)
_IN_TOTAL = re.compile(r"\b(?:in\s+total|altogether|all\s+in\s+all|overall)\b", re.IGNORECASE)
_VALIDATION = re.compile(r"\b(?:validat\w*|accept\w*|approv\w*|confirm\w*)\b", re.IGNORECASE)
_OTHER_WAITING = re.compile(
    r"\b(?:repl(?:y|ies)|answer\w*|respon\w*|return\w*|warranty|guarantee|deliver\w*|shipp\w*)\b",
    re.IGNORECASE,
)

_LIMIT = re.compile(
    r"\b(?:max\w*|up\s+to|limit\w*|cap(?:ped)?|total|exceed\w*|no\s+more\s+than|at\s+most|reached|altogether|overall)\b",
    re.IGNORECASE,
)
_PER_PRODUCT = re.compile(
    r"\b(?:per|each|for\s+every|for\s+each|a)\s+(?:qualifying\s+|eligible\s+)?(?:product|item|device|unit|claim|application)\b",
    re.IGNORECASE,
)
_A_CLAIM = r"(?:claim|application|registration|submission|form|request)"
_PER_CLAIM = re.compile(rf"\b(?:per|each|every)\s+(?:single\s+)?{_A_CLAIM}\b", re.IGNORECASE)
_IN_A_CLAIM = re.compile(
    rf"\b(?:in|into|on|with|for|to|within)\s+(?:a|one|any|your|the\s+same)(?:\s+single)?(?:\s+claim)?\s+{_A_CLAIM}\b"
    r"|\b(?:a|one)\s+claim\s+(?:may|can)\b",
    re.IGNORECASE,
)
_COUNT_LIMIT = re.compile(
    r"\b(?:until|up\s+to|max\w*|most|no|not|cannot|limit\w*|only|can|may|allow\w*|fits?|holds?)\b", re.IGNORECASE
)

_GOODS = re.compile(
    r"(?:\b(?:an?|your|the|one)\s+)?(?:[^\W\d][\w-]*\s+)?[^\W\d][\w-]*\s+(?:for\s+free|free\s+of\s+charge|at\s+no\s+(?:extra\s+)?cost)\b"
    r"|(?<!feel\s)(?<!toll[ -])\b(?:free|complimentary)\s+(?:[\w-]+\s+)?"
    r"(?:accessor\w+|products?|gifts?|items?|mouse|mice|headsets?|keyboards?|docks?|bags?|monitors?|webcams?|laptops?|tablets?|devices?|speakers?|cases?|chargers?|adapters?|backpacks?)\b"
    r"|\b(?:gifts?|give-?aways?|vouchers?|gift\s+cards?|coupons?|store\s+credit|bonus\s+points|prizes?|raffle|prize\s+draw|sweepstakes?)\b",
    re.IGNORECASE,
)
_FREE_SERVICES = re.compile(
    r"\b(?:is|are|us|call|phone|reach|line|number|register|registration|upload|shipping|postage|delivery|download\w*|participat\w*|help\w*|support|service|apply)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|without|instead\s+of|rather\s+than)\b|n['’´]t\b", re.IGNORECASE
)


class Meaning(str, Enum):
    """What a stated value is the value of; the names are those of the promotion's facts, where it has one."""

    PURCHASES_FROM = "purchases_from"
    PURCHASES_UNTIL = "purchases_until"
    CLAIMS_FROM = "claims_from"
    CLAIMS_UNTIL = "claims_until"
    OTHER_DAY = "other_day"
    PAYMENT_DAYS = "payment_days"
    BANK_DAYS = "bank_days"
    CONTACT_AFTER_DAYS = "contact_after_days"
    CLAIM_DAYS = "claim_days"
    """Days from the purchase within which to claim."""
    OTHER_DAYS = "other_days"
    CASHBACK_IN_TOTAL = "cashback_in_total"
    OTHER_AMOUNT = "other_amount"
    PRODUCTS_PER_CLAIM = "products_per_claim"
    OTHER_COUNT = "other_count"
    BENEFIT = "benefit"
    """Something promised that is not money."""


@dataclass(frozen=True)
class Fact:
    """One value a text states."""

    entry: str
    meaning: Meaning
    words: str
    """The value as the text writes it."""
    day: Day | None = None
    measure: Measure | None = None


def extract_facts(entry: str, question: str, answer: str) -> list[Fact]:
    """Every fact of one entry. The question counts as a statement too, and tells what a short answer speaks of."""
    found: list[Fact] = []
    for text, context in ((question, ""), (answer, question)):
        found.extend(_days(entry, text, context))
        for sentence in sentences(text):
            found.extend(_durations(entry, sentence, context))
            found.extend(_amounts(entry, sentence, context))
            found.extend(_counts(entry, sentence, context))
    found.extend(_benefits(entry, answer))
    return found


def sentences(text: str) -> list[str]:
    """The text's sentences; a dot within a number or a short form does not end one."""
    return [part for part in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“(])|\n+", text) if part.strip()]


def _days(entry: str, text: str, context: str) -> Iterator[Fact]:
    meanings = {
        DayMeaning.PURCHASE_START: Meaning.PURCHASES_FROM,
        DayMeaning.PURCHASE_END: Meaning.PURCHASES_UNTIL,
        DayMeaning.CLAIM_START: Meaning.CLAIMS_FROM,
        DayMeaning.CLAIM_END: Meaning.CLAIMS_UNTIL,
        DayMeaning.OTHER: Meaning.OTHER_DAY,
    }
    for stated in find_days(sentences(text), context):
        yield Fact(entry, meanings[stated.meaning], stated.words, day=stated.day)


def _durations(entry: str, sentence: str, context: str) -> Iterator[Fact]:
    for measure in find_durations(sentence):
        yield Fact(entry, _meaning_of_days(measure, sentence, context), measure.words, measure=measure)


def _meaning_of_days(measure: Measure, sentence: str, context: str) -> Meaning:
    near = _clause(sentence, measure)
    if _OTHER_WAITING.search(near) and not _RECEIVING.search(near):
        return Meaning.OTHER_DAYS
    if _HANDING_IN.search(near):
        return Meaning.CLAIM_DAYS if _CLAIMING.search(f"{context} {sentence}") else Meaning.OTHER_DAYS
    if measure.is_extra or (_BANK_DELAY.search(near) and not _VALIDATION.search(near)):
        return Meaning.BANK_DAYS
    if not _RECEIVING.search(f"{context} {sentence}"):
        return Meaning.OTHER_DAYS
    still_missing = _MISSING.search(sentence) or (_MISSING.search(context) and not _VALIDATION.search(near))
    if still_missing or _IN_TOTAL.search(sentence):  # the days in total are those after which to make contact
        return Meaning.CONTACT_AFTER_DAYS
    return Meaning.PAYMENT_DAYS


def _amounts(entry: str, sentence: str, context: str) -> Iterator[Fact]:
    for measure in find_amounts(sentence):
        near = _clause(sentence, measure)
        in_total = (_LIMIT.search(near) or _LIMIT.search(context)) and not _PER_PRODUCT.search(near)
        yield Fact(
            entry,
            Meaning.CASHBACK_IN_TOTAL if in_total else Meaning.OTHER_AMOUNT,
            measure.words,
            measure=measure,
        )


def _counts(entry: str, sentence: str, context: str) -> Iterator[Fact]:
    for measure in find_counts(sentence):
        limited = _IN_A_CLAIM.search(sentence) and _COUNT_LIMIT.search(sentence)
        per_claim = limited or _PER_CLAIM.search(sentence) or _PER_CLAIM.search(context) or _IN_A_CLAIM.search(context)
        yield Fact(
            entry,
            Meaning.PRODUCTS_PER_CLAIM if per_claim else Meaning.OTHER_COUNT,
            measure.words,
            measure=measure,
        )


def _benefits(entry: str, answer: str) -> Iterator[Fact]:
    for sentence in sentences(answer):
        for clause in re.split(r"[,;:]|\bbut\b", sentence):
            for match in _GOODS.finditer(clause):
                if not _NEGATION.search(clause[: match.start()]) and not _FREE_SERVICES.search(match[0]):
                    yield Fact(entry, Meaning.BENEFIT, _without_verb(match[0]))


def _without_verb(words: str) -> str:
    """The thing alone: "an accessory for free", not "offer an accessory for free"."""
    return re.sub(r"^[\w-]+\s+(?=(?:an?|your|the|one)\s)", "", words.strip(), flags=re.IGNORECASE)


def _clause(sentence: str, measure: Measure) -> str:
    """The part of the sentence the number stands in, up to the next comma or semicolon."""
    start = max(sentence.rfind(sign, 0, measure.start) for sign in (", ", "; ", ": ")) + 1
    ends = [at for sign in (", ", "; ") if (at := sentence.find(sign, measure.end)) >= 0]
    return sentence[start : min(ends, default=len(sentence))]
