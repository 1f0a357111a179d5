"""Finds values that cannot be meant: days no calendar has, periods that end before they begin, absurd numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.core.content_facts import Fact, Meaning
from bot.core.content_findings import Statement, Where
from bot.core.findings import Finding, Place, Severity
from bot.core.promotion import Promotion

_YEARS = range(2000, 2100)
"""The years a page may name if the promotion's own are not known."""

_AT_MOST = {
    Meaning.PAYMENT_DAYS: 180,
    Meaning.BANK_DAYS: 30,
    Meaning.CONTACT_AFTER_DAYS: 240,
    Meaning.CLAIM_DAYS: 365,
    Meaning.OTHER_DAYS: 1500,
    Meaning.PRODUCTS_PER_CLAIM: 1000,
}
_DAYS = (Meaning.PAYMENT_DAYS, Meaning.BANK_DAYS, Meaning.CONTACT_AFTER_DAYS, Meaning.CLAIM_DAYS)
_IN_ORDER = (
    (
        Meaning.PURCHASES_FROM,
        Meaning.PURCHASES_UNTIL,
        "the purchase period ends on {later}, before it begins on {earlier}",
    ),
    (
        Meaning.PURCHASES_UNTIL,
        Meaning.CLAIMS_UNTIL,
        "the last day to claim is {later}, before the purchase period ends on {earlier}",
    ),
    (Meaning.CLAIMS_FROM, Meaning.CLAIMS_UNTIL, "claiming ends on {later}, before it begins on {earlier}"),
)


def implausible_days(facts: Sequence[Fact], promotion: Promotion | None, where: Where) -> Iterator[Finding]:
    """Days that no calendar has, of another age, or with the wrong weekday."""
    years = _YEARS
    if promotion:
        own = [promotion.purchases_from.earliest.year, promotion.claims_until.latest.year]
        years = range(min(own) - 1, max(own) + 2)
    for fact in facts:
        if fact.day is None:
            continue
        if fact.day.in_year(2024 if fact.day.year is None else fact.day.year) is None:
            yield _finding(fact, where, f"there is no day “{fact.words}”", "write the day that is meant")
        elif fact.day.year is not None and fact.day.year not in years:
            yield _finding(fact, where, f"“{fact.words}” is far from the promotion's time", "check the year")
        elif fact.day.weekday_is_wrong:
            yield _finding(fact, where, f"“{fact.words}” falls on another weekday", "correct the weekday or the date")


def implausible_numbers(facts: Sequence[Fact], where: Where) -> Iterator[Finding]:
    """Waiting times, counts and sums of nothing or of far too much."""
    for fact in facts:
        if fact.measure is None:
            continue
        most = _AT_MOST.get(fact.meaning)
        if most and fact.measure.value > most:
            yield _finding(fact, where, f"“{fact.words}” is more than can be meant", "check the number")
        elif fact.measure.value == 0 and fact.meaning not in (
            Meaning.OTHER_DAYS,
            Meaning.OTHER_COUNT,
            Meaning.OTHER_AMOUNT,
        ):
            yield _finding(fact, where, f"“{fact.words}” is nothing", "check the number")


def wrong_order(statements: Sequence[Statement], where: Where) -> Iterator[Finding]:
    """Entries whose own dates stand in the wrong order."""
    by_entry: dict[str, dict[Meaning, str]] = {}
    for statement in statements:
        by_entry.setdefault(statement.fact.entry, {})[statement.fact.meaning] = statement.reading
    for entry, readings in by_entry.items():
        yield from _in_wrong_order(readings, entry, where.of(entry))


def implausible_promotion(promotion: Promotion, where: Where) -> Iterator[Finding]:
    """The same for the promotion's typed facts: under every reading the first day comes first, and days add up."""
    dates = {
        Meaning.PURCHASES_FROM: promotion.purchases_from.latest.isoformat(),
        Meaning.PURCHASES_UNTIL: promotion.purchases_until.earliest.isoformat(),
        Meaning.CLAIMS_UNTIL: promotion.claims_until.latest.isoformat(),
    }
    yield from _in_wrong_order(dates, "facts", where.of_fact("claims_until"))
    for meaning in (*_DAYS, Meaning.PRODUCTS_PER_CLAIM):
        fact = getattr(promotion, meaning.value, None)
        if fact is not None and not 0 < fact.value <= _AT_MOST[meaning]:
            what = f"{meaning.value} is {fact.value}, which cannot be meant"
            yield Finding(
                f"implausible:{meaning.value}",
                Severity.ERROR,
                where.of_fact(meaning.value),
                "facts",
                what,
                "check the number",
            )
    due = promotion.payment_days.value + promotion.bank_days.value
    if promotion.contact_after_days.value < due:
        days = promotion.contact_after_days.value
        what = f"customers are told to make contact after {days} days, but payment may take {due}"
        place = where.of_fact("contact_after_days")
        yield Finding(
            "implausible:contact_after_days",
            Severity.ERROR,
            place,
            "facts",
            what,
            "check the three numbers of days",
        )


def _in_wrong_order(readings: dict[Meaning, str], entry: str, place: Place) -> Iterator[Finding]:
    for earlier, later, what in _IN_ORDER:
        if (
            earlier in readings
            and later in readings
            and date.fromisoformat(readings[later]) < date.fromisoformat(readings[earlier])
        ):
            told = what.format(earlier=readings[earlier], later=readings[later])
            yield Finding(
                f"order:{later.value}:{entry}",
                Severity.ERROR,
                place,
                entry,
                told,
                "correct the one that is wrong",
            )


def _finding(fact: Fact, where: Where, what: str, mend: str) -> Finding:
    return Finding(
        f"implausible:{fact.meaning.value}:{fact.entry}",
        Severity.ERROR,
        where.of(fact.entry),
        fact.entry,
        what,
        mend,
        (fact.words,),
    )
