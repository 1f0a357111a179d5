"""Compares the facts the answers state with each other and with the promotion's typed facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.content_facts import Fact, Meaning, extract_facts
from bot.core.content_numbers import find_amounts
from bot.core.faq import FaqEntry
from bot.core.findings import Finding, Place, Severity
from bot.core.promotion import CountedFact, DatedFact, Promotion

NAMES = {
    Meaning.PURCHASES_FROM: "the first day of the purchase period",
    Meaning.PURCHASES_UNTIL: "the last day of the purchase period",
    Meaning.CLAIMS_FROM: "the first day to claim",
    Meaning.CLAIMS_UNTIL: "the last day to claim",
    Meaning.PAYMENT_DAYS: "the days until payment",
    Meaning.BANK_DAYS: "the extra days for the bank",
    Meaning.CONTACT_AFTER_DAYS: "the days after which to contact customer service",
    Meaning.CLAIM_DAYS: "the days from purchase within which to claim",
    Meaning.CASHBACK_IN_TOTAL: "the maximum cashback",
    Meaning.PRODUCTS_PER_CLAIM: "the number of products per claim",
}
"""The meanings that must have one value on the whole page; others are compared with nothing."""


@dataclass(frozen=True)
class Statement:
    """A fact with its value in one official spelling, by which two are compared."""

    fact: Fact
    reading: str


@dataclass(frozen=True)
class Where:
    """Where entries and facts are written."""

    entries: Mapping[str, Place]
    facts: Mapping[str, Place]
    promotion: Place

    def of(self, entry: str) -> Place:
        return self.entries.get(entry, self.promotion)

    def of_fact(self, name: str) -> Place:
        return self.facts.get(name, self.promotion)


def facts_of(entry: FaqEntry) -> list[Fact]:
    """Every fact of an entry: of its answer and of its wordings for single phases."""
    facts = extract_facts(entry.id, entry.question, entry.answer)
    for variant in entry.variants.values():
        facts += extract_facts(entry.id, "", variant)
    return facts


def state(facts: Sequence[Fact], promotion: Promotion | None) -> list[Statement]:
    """The facts that can be compared, each with its reading.

    A date without a year is compared only if another date of its meaning has one.
    """
    known: dict[Meaning, set[str]] = {}
    for fact in facts:
        if fact.day and fact.day.year and (reading := _reading(fact)):
            known.setdefault(fact.meaning, set()).add(reading)
    for name in ("purchases_from", "purchases_until", "claims_until"):
        if promotion:
            known.setdefault(Meaning(name), set()).update(
                str(reading.value) for reading in getattr(promotion, name).readings
            )
    statements = []
    for fact in facts:
        reading = _reading_beside(fact, known.get(fact.meaning, set())) if fact.meaning in NAMES else None
        if reading:
            statements.append(Statement(fact, reading))
    return statements


def _reading_beside(fact: Fact, known: set[str]) -> str | None:
    """The reading of a fact; a date without a year takes the year that brings it nearest to a known date."""
    if fact.day is None or fact.day.year:
        return _reading(fact)
    others = [date.fromisoformat(reading) for reading in known]
    years = {other.year + step for other in others for step in (-1, 0, 1)}
    days = [day for year in years if (day := fact.day.in_year(year))]
    nearest = min(((abs(day - other), day) for day in days for other in others), default=None)
    return nearest[1].isoformat() if nearest else None


def _reading(fact: Fact) -> str | None:
    """None for a day that no calendar has."""
    if fact.day is not None:
        found = fact.day.in_year(fact.day.year) if fact.day.year else None
        return found.isoformat() if found else None
    if fact.measure is None:
        return None
    number = f"{fact.measure.value.normalize():f}"
    if fact.meaning is Meaning.CASHBACK_IN_TOTAL:
        return f"{fact.measure.unit} {number}"
    return f"{number} working days" if fact.measure.unit == "working days" else number


def contradictions(statements: Sequence[Statement], where: Where) -> Iterator[Finding]:
    """Facts of one meaning with different values."""
    for meaning, name in NAMES.items():
        givers: dict[str, list[str]] = {}
        for statement in statements:
            if statement.fact.meaning is meaning:
                entries = givers.setdefault(statement.reading, [])
                if statement.fact.entry not in entries:
                    entries.append(statement.fact.entry)
        if len(givers) > 1:
            readings = tuple(sorted(givers))
            told = " but ".join(f"{reading} in {', '.join(givers[reading])}" for reading in readings)
            first = givers[readings[0]][0]
            yield Finding(
                f"contradiction:{meaning.value}",
                Severity.ERROR,
                where.of(first),
                first,
                f"the answers contradict each other: {name} is {told}",
                f"make the answers agree, or acknowledge contradiction:{meaning.value} in faq/promotion.yml",
                readings,
            )


def disagreements(statements: Sequence[Statement], promotion: Promotion, where: Where) -> Iterator[Finding]:
    """Answers that state another value than the promotion's facts, and facts whose entries do not state them."""
    for meaning, name in NAMES.items():
        recorded = recorded_readings(promotion, meaning)
        if recorded is None:
            continue
        told = _told(statements, meaning)
        wrong = {entry: other for entry, readings in told.items() if (other := sorted(readings - set(recorded)))}
        for entry, other in wrong.items():
            yield _disagreement(meaning, name, entry, other, sorted(recorded), where)
        for reading, entries in recorded.items():
            silent = (one for one in entries if one in where.entries and reading not in told.get(one, set()))
            for entry in silent:
                if entry not in wrong:  # told already
                    yield _unfounded(meaning.value, entry, f"{name} as {reading}", where)


def _told(statements: Sequence[Statement], meaning: Meaning) -> dict[str, set[str]]:
    """What each entry states as the value of one meaning."""
    told: dict[str, set[str]] = {}
    for statement in statements:
        if statement.fact.meaning is meaning:
            told.setdefault(statement.fact.entry, set()).add(statement.reading)
    return told


def _disagreement(
    meaning: Meaning, name: str, entry: str, told: Sequence[str], recorded: Sequence[str], where: Where
) -> Finding:
    return Finding(
        f"disagreement:{meaning.value}:{entry}", Severity.ERROR, where.of(entry), entry,
        f"{name} is {' and '.join(told)} here, but {' or '.join(recorded)} in faq/promotion.yml",
        "correct the one that is wrong", (*told, *recorded),
    )  # fmt: skip


def _unfounded(fact: str, entry: str, what: str, where: Where) -> Finding:
    return Finding(
        f"unfounded:{fact}:{entry}", Severity.ERROR, where.of_fact(fact), entry,
        f"faq/promotion.yml takes {what} from this entry, but its answer does not say so",
        "correct the fact, or the entries it names",
    )  # fmt: skip


def unfounded_statements(promotion: Promotion, entries: Mapping[str, FaqEntry], where: Where) -> Iterator[Finding]:
    """Facts that quote words which their entries do not hold, and facts that name an entry which is not there."""
    for name, fact in vars(promotion).items():
        for entry_id in sorted(_entries_of(fact)):
            if entry_id not in entries:
                yield Finding(
                    f"missing_entry:{name}:{entry_id}", Severity.ERROR, where.of_fact(name), entry_id,
                    f"the fact {name} names an entry that is not in faq/", "correct the id, or take it out of the fact",
                )  # fmt: skip
            elif isinstance(getattr(fact, "value", None), str) and _plain(fact.value) not in _plain(
                entries[entry_id].answer
            ):
                yield _unfounded(name, entry_id, f"the words “{fact.value}”", where)


def _entries_of(fact: object) -> frozenset[str]:
    return frozenset(getattr(fact, "entries", ()))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def recorded_readings(promotion: Promotion, meaning: Meaning) -> dict[str, tuple[str, ...]] | None:
    """The values the promotion has for a meaning, with their entries; None if it has no such fact."""
    fact = getattr(promotion, meaning.value, None)
    if isinstance(fact, DatedFact):
        return {reading.value.isoformat(): reading.entries for reading in fact.readings}
    if isinstance(fact, CountedFact):
        return {str(fact.value): fact.entries}
    if meaning is Meaning.CASHBACK_IN_TOTAL:
        total = promotion.cashback_in_total
        return {f"{sum_.unit} {sum_.value.normalize():f}": total.entries for sum_ in find_amounts(total.value)}
    return None


def leftovers(facts: Sequence[Fact], where: Where, benefit: str = "cashback") -> Iterator[Finding]:
    """Entries that promise something other than the promotion's benefit: words left from another promotion."""
    for fact in facts:
        if fact.meaning is Meaning.BENEFIT:
            yield Finding(
                f"leftover:{fact.entry}", Severity.ERROR, where.of(fact.entry), fact.entry,
                f"promises “{fact.words}”, while the promotion is about {benefit}",
                f"have the content owner correct it, or acknowledge leftover:{fact.entry} in faq/promotion.yml",
                (fact.words, benefit),
            )  # fmt: skip
