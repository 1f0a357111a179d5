"""Looks through a promotion's content and says everything that is wrong or doubtful in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.content_findings import (
    Where,
    contradictions,
    disagreements,
    facts_of,
    leftovers,
    state,
    unfounded_statements,
)
from bot.core.content_plausibility import (
    implausible_days,
    implausible_numbers,
    implausible_promotion,
    wrong_order,
)
from bot.core.content_wording import breaking_signs, suspicious_words
from bot.core.examples import NluExample
from bot.core.faq import FaqEntry
from bot.core.faq_sections import FaqSection
from bot.core.findings import Acknowledgement, Finding, Place, Severity
from bot.core.interface import MAIN_LANGUAGE, Interface
from bot.core.promotion import Promotion

FEWEST_EXAMPLES = 25
"""So many examples an entry needs, for the matcher to know it from the others."""

INTENT = "faq/"
_PROMOTION_FILE = Place("faq/promotion.yml", 1)


@dataclass(frozen=True)
class SpokenSentence:
    """A sentence of the desk, and those of its placeholders that nothing fills."""

    key: str
    unfilled: frozenset[str]
    place: Place


@dataclass(frozen=True)
class Content:
    """Everything there is to check, as far as it could be read; None is what could not."""

    sections: Sequence[FaqSection] | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    promotion: Promotion | None = None
    fact_places: Mapping[str, Place] = field(default_factory=dict)
    acknowledged: Sequence[Acknowledgement] = ()
    sentences: Sequence[SpokenSentence] = ()
    examples: Sequence[NluExample] | None = None
    interfaces: Sequence[Interface] = ()
    unreadable: Sequence[Finding] = ()
    """The mistakes for which files could not be read."""


@dataclass(frozen=True)
class CheckResult:
    """What the check found."""

    findings: tuple[Finding, ...]
    acknowledged: frozenset[str]
    """The ids of the errors the content owner knows of."""

    @property
    def unacknowledged_errors(self) -> tuple[Finding, ...]:
        """The errors for which the content must not be used."""
        return tuple(
            found for found in self.findings if found.severity is Severity.ERROR and found.id not in self.acknowledged
        )


def check_content(content: Content, today: date) -> CheckResult:
    """All checks; findings come in the order of their places."""
    where = Where(content.places, content.fact_places, _PROMOTION_FILE)
    entries = [entry for section in content.sections or () for entry in section.entries]
    found = [*content.unreadable, *_unknown_placeholders(content.sentences)]
    found += _unnamed_sections(content.sections or (), content.interfaces)
    if content.sections is not None:
        found += _facts(entries, content.promotion, where)
        found += [one for entry in entries for one in _entry(entry, where.of(entry.id), today)]
        if content.examples is not None:
            found += _mirror(content.sections, content.examples, where)
    elif content.promotion:
        found += implausible_promotion(content.promotion, where)
    covered = frozenset(one.id for one in found if any(known.covers(one) for known in content.acknowledged))
    if content.sections is not None and content.promotion:
        found += _settled(content.acknowledged, found)
    return CheckResult(
        tuple(sorted(dict.fromkeys(found), key=lambda one: (one.place.file, one.place.line, one.id))), covered
    )


def _facts(entries: Sequence[FaqEntry], promotion: Promotion | None, where: Where) -> Iterator[Finding]:
    facts = [fact for entry in entries for fact in facts_of(entry)]
    statements = state(facts, promotion)
    yield from contradictions(statements, where)
    yield from leftovers(facts, where)
    yield from implausible_days(facts, promotion, where)
    yield from implausible_numbers(facts, where)
    yield from wrong_order(statements, where)
    if promotion:
        yield from disagreements(statements, promotion, where)
        yield from unfounded_statements(promotion, {entry.id: entry for entry in entries}, where)
        yield from implausible_promotion(promotion, where)


def _entry(entry: FaqEntry, place: Place, today: date) -> Iterator[Finding]:
    yield from suspicious_words(entry, place)
    yield from breaking_signs(entry, place)
    if entry.review_by and entry.review_by < today:
        what = f"was to be reviewed by {entry.review_by}"
        yield Finding(
            f"review:{entry.id}",
            Severity.WARNING,
            place,
            entry.id,
            what,
            "read it again and set a new review_by",
        )


def _mirror(sections: Sequence[FaqSection], examples: Sequence[NluExample], where: Where) -> Iterator[Finding]:
    """Each section's file under ``data/nlu/faq`` has the same name and the same ids, each with enough examples."""
    counts = Counter((example.file.rpartition("/")[2], example.intent) for example in examples)
    expected = {(f"{section.name}.yml", INTENT + entry.id) for section in sections for entry in section.entries}
    for section in sections:
        for entry in section.entries:
            name, count = f"{section.name}.yml", counts[f"{section.name}.yml", INTENT + entry.id]
            if count < FEWEST_EXAMPLES:
                what = f"has {count} examples of how customers ask, in data/nlu/faq/{name}"
                mend = f"write at least {FEWEST_EXAMPLES} under 'intent: {INTENT}{entry.id}'"
                yield Finding(f"examples:{entry.id}", Severity.ERROR, where.of(entry.id), entry.id, what, mend)
    for example in examples:
        name = example.file.rpartition("/")[2]
        if (name, example.intent) not in expected:
            expected.add((name, example.intent))  # told once for each intent
            home = next((file for file, intent in expected if intent == example.intent and file != name), None)
            mend = (
                f"move its examples to data/nlu/faq/{home}"
                if home
                else f"write the entry in faq/{name}, or remove its examples"
            )
            what = f"the examples of {example.intent} have no entry in faq/{name}"
            yield Finding(
                f"mirror:{example.intent}",
                Severity.ERROR,
                Place(example.file, example.line),
                example.intent.removeprefix(INTENT),
                what,
                mend,
            )


def _unnamed_sections(sections: Sequence[FaqSection], interfaces: Sequence[Interface]) -> Iterator[Finding]:
    """A language that names sections names all of them, or the chat mixes languages."""
    for interface in interfaces:
        if interface.language == MAIN_LANGUAGE:
            continue
        for section in sections:
            if section.title not in interface.sections:
                place = Place(f"faq/interface/{interface.language}.yml", 1)
                what = f"the section {section.title!r} has no name in {interface.name}, and is shown as it is"
                mend = f"add a line '{section.title}: …' under sections"
                yield Finding(f"section:{interface.language}", Severity.WARNING, place, section.name, what, mend)


def _unknown_placeholders(sentences: Sequence[SpokenSentence]) -> Iterator[Finding]:
    for sentence in sentences:
        for name in sorted(sentence.unfilled):
            what, mend = (
                f"nothing fills the placeholder {{{name}}}",
                "use only the placeholders the sentence had before",
            )
            yield Finding(f"placeholder:{sentence.key}", Severity.ERROR, sentence.place, sentence.key, what, mend)


def _settled(acknowledged: Sequence[Acknowledgement], found: Sequence[Finding]) -> Iterator[Finding]:
    """Acknowledgements of what is no longer so."""
    for known in acknowledged:
        if any(known.covers(one) for one in found):
            continue
        same = next((one for one in found if one.id == known.finding), None)
        if same:
            what, mend = (
                f"is acknowledged for {' / '.join(known.readings)}, but now stands as {' / '.join(same.readings)}",
                "look at it again",
            )
        else:
            what, mend = "is acknowledged, but no longer found", "remove it from 'acknowledged'"
        yield Finding(f"settled:{known.finding}", Severity.WARNING, known.place, known.finding, what, mend)
