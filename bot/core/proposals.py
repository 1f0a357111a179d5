"""A proposal: a change of the content made from a gap, as it is kept, checked and turned into a patch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.core import intents
from bot.core.content_wording import breaking_signs
from bot.core.faq import FaqEntry
from bot.core.faq_sections import FaqSection
from bot.core.findings import Place
from bot.core.gap_groups import key_of
from bot.core.gaps import has_placeholder, is_worth_reading
from bot.core.personal_data import mask_personal_data
from bot.core.plain_text import one_line
from bot.core.promotion import ReferenceFormat

LONGEST_PHRASE = 300
LONGEST_QUESTION = 300
LONGEST_ANSWER = 4000
MOST_PHRASES = 60
_ID = re.compile(r"[a-z][a-z0-9_]{1,59}")
_MARKS = re.compile(r"[{}]|\[[^\[\]]*\]\s?\(")


class Way(str, Enum):
    """What a proposal does with the phrases of a gap."""

    PHRASES = "phrases"
    """Adds them to an entry or an intent that there is."""
    ENTRY = "entry"
    """Adds them to a new entry, which comes with them."""
    OUT_OF_SCOPE = "out_of_scope"
    """Says that they have no answer here."""


@dataclass(frozen=True)
class Change:
    """What a proposal changes in the content."""

    way: Way
    phrases: tuple[str, ...]
    label: str = ""
    """The entry's id or the intent that the phrases go to; for a new entry its id."""
    section: str = ""
    """The name of the section's file, for a new entry."""
    question: str = ""
    answer: str = ""
    review_by: date | None = None

    @property
    def entry(self) -> FaqEntry:
        """The new entry."""
        return FaqEntry(self.label, self.section, self.question, self.answer, review_by=self.review_by)

    @property
    def intent(self) -> str:
        """The phrases' intent as the training data names it."""
        if self.way is Way.OUT_OF_SCOPE:
            return intents.OUT_OF_SCOPE
        return f"{intents.FAQ}/{self.label}" if intents.is_faq(self.label) else self.label

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; ``from_dict`` is its inverse."""
        review_by = self.review_by.isoformat() if self.review_by else ""
        return {**self.__dict__, "way": self.way.value, "phrases": list(self.phrases), "review_by": review_by}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Change:
        review_by = date.fromisoformat(data["review_by"]) if data["review_by"] else None
        return cls(**{**data, "way": Way(data["way"]), "phrases": tuple(data["phrases"]), "review_by": review_by})


@dataclass(frozen=True)
class Proposal:
    """A change as somebody proposed it, with the gap it came from."""

    number: int
    change: Change
    made_by: str
    made_at: datetime
    group: str
    """The key of the phrase that stood for the gap."""
    group_text: str
    taken: tuple[str, ...]
    """The keys of the gap's phrases that it takes, as they were before they were edited."""
    withdrawn_at: datetime | None = None

    @property
    def name(self) -> str:
        return f"P-{self.number}"


@dataclass(frozen=True)
class PatchedFile:
    """A file of the content, named from its folder; ``before`` is None for a new one."""

    path: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Patch:
    """A change against the content as it is now."""

    files: tuple[PatchedFile, ...] = ()
    diff: str = ""
    """A unified diff that ``git apply`` takes in the content's folder."""
    conflicts: tuple[str, ...] = ()
    """What of the change no longer fits the content."""
    skipped: tuple[str, ...] = ()
    """The phrases that stand in the content already."""

    @property
    def is_in_content(self) -> bool:
        """Whether nothing is left to change."""
        return not self.files and not self.conflicts


@dataclass(frozen=True)
class ContentOutline:
    """What there is in the content for a change to fit into."""

    sections: tuple[FaqSection, ...]
    intents: tuple[str, ...]
    """Those beside the entries that have phrases of their own."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """The label of every phrase learnt, by its key."""
    measured_by: frozenset[str] = frozenset()
    """The keys of the questions that the evaluation asks."""

    @property
    def entries(self) -> dict[str, FaqEntry]:
        return {entry.id: entry for section in self.sections for entry in section.entries}


def clean_phrase(text: str) -> str:
    """A phrase on one line, without a list's dash before it."""
    return one_line(text).lstrip("-•* ").strip()


def problems_of(
    change: Change, outline: ContentOutline, reference_format: ReferenceFormat, today: date
) -> dict[str, list[str]]:
    """What has to be mended before the change can be proposed, by field; nothing if it is right."""
    found = {"phrases": _phrases(change, outline, reference_format)}
    if change.way is Way.PHRASES:
        known = {*outline.entries, *outline.intents}
        found["label"] = [] if change.label in known else ["Choose an entry or an intent."]
    if change.way is Way.ENTRY:
        found |= _entry(change, outline, today)
    return {name: problems for name, problems in found.items() if problems}


def _phrases(change: Change, outline: ContentOutline, reference_format: ReferenceFormat) -> list[str]:
    if not change.phrases:
        return ["Tick at least one phrase, or write one."]
    if len(change.phrases) > MOST_PHRASES:
        return [f"These are {len(change.phrases)} phrases; {MOST_PHRASES} fit into one proposal."]
    problems = [_phrase_problem(phrase, change.label, outline, reference_format) for phrase in change.phrases]
    return [f"“{shown(phrase)}” {problem}" for phrase, problem in zip(change.phrases, problems) if problem]


def shown(text: str, length: int = 80) -> str:
    """A text as it fits into a sentence."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _phrase_problem(phrase: str, label: str, outline: ContentOutline, reference_format: ReferenceFormat) -> str:
    if has_placeholder(phrase):
        return "has a placeholder where something personal was hidden: write what anybody might write there, or leave it out."
    if mask_personal_data(phrase, reference_format) != phrase:
        return "has what looks like somebody's address, number or reference: leave it out."
    if not is_worth_reading(phrase):
        return "says nothing to learn from."
    if len(phrase) > LONGEST_PHRASE:
        return f"is longer than {LONGEST_PHRASE} characters: keep what asks the question."
    if _MARKS.search(phrase):
        return "has brackets that mean something to the training: leave them out."
    if key_of(phrase) in outline.measured_by:
        return "is one of the questions by which the model is measured: write it in other words."
    known = outline.phrases.get(key_of(phrase), "")
    if known:
        return f"is a phrase of {known} already" + ("." if known == label else ": untick it, or change it there.")
    return ""


def _entry(change: Change, outline: ContentOutline, today: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"id": _id(change.label, outline)}
    if change.section not in {section.name for section in outline.sections}:
        found["section"] = ["Choose a section."]
    found["question"] = _words(change.question, LONGEST_QUESTION, "Write the question as the page is to have it.")
    found["answer"] = _words(change.answer, LONGEST_ANSWER, "Write the answer, word for word as customers get it.")
    if "\n" in change.question:
        found["question"].append("Write the question on one line.")
    for finding in breaking_signs(change.entry, Place("", 1)):
        where = "answer" if finding.what.startswith("the answer") else "question"
        found[where].append(f"{finding.what[:1].upper()}{finding.what[1:]}: {finding.mend}.")
    if change.review_by and change.review_by <= today:
        found["review_by"] = ["Choose a day to come."]
    return found


def _id(written: str, outline: ContentOutline) -> list[str]:
    if not _ID.fullmatch(written):
        return ["Write small letters, digits and _, beginning with a letter, such as gift_cards."]
    taken = {*outline.entries, *outline.intents, *intents.NOT_FAQ, intents.FAQ}
    return [f"{written} is taken; choose another name."] if written in taken else []


def _words(written: str, longest: int, missing: str) -> list[str]:
    if not written.strip():
        return [missing]
    return [f"Shorten it to {longest} characters."] if len(written) > longest else []


def suggested_phrases(texts: Sequence[str]) -> tuple[str, ...]:
    """Phrases as they were sent by a form: cleaned, none twice."""
    cleaned: dict[str, str] = {}
    for text in filter(None, map(clean_phrase, texts)):
        cleaned.setdefault(key_of(text), text)
    return tuple(cleaned.values())
