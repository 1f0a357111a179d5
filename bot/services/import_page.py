"""Turns the published FAQ page into section files, and says what a new page would change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, unified_diff

from bot.core.faq import FaqEntry
from bot.core.faq_page import PageEntry, PageSection, read_page, same_words
from bot.core.faq_sections import FaqSection

REWORDED = 0.85
"""From this likeness on, a question that is new is an old one with other words."""

LONGEST_ID = 40


@dataclass(frozen=True)
class KnownSection:
    """A section's file name and title, and the ids of its questions."""

    name: str
    title: str
    ids: Mapping[str, str]
    """From question to id."""


@dataclass(frozen=True)
class EntryChange:
    """What the page changes of one entry."""

    kind: str
    """added, removed, moved, or what of it changed: question, answer, mark (joined by commas)."""
    id: str
    diff: str = ""
    hint: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """The section files as the page would have them, and how they differ from those there are."""

    sections: tuple[FaqSection, ...]
    changes: tuple[EntryChange, ...]
    changed_sections: tuple[FaqSection, ...]
    """Those whose file has to be written."""
    removed_names: tuple[str, ...]
    """Section files of which the page has nothing any more."""
    is_first: bool


def plan_import(page: str, existing: Sequence[FaqSection], known: Sequence[KnownSection] = ()) -> ImportPlan:
    """What importing this page means; raises ``PageError`` if it cannot be read.

    A question that is in the files, or else among the known ones, keeps its id; so does one that was only reworded.
    Other questions get an id made of their words. A section keeps the file with which it shares most ids.
    """
    pages = read_page(page)
    places = known if not existing else [_as_known(section) for section in existing]
    naming = _Naming(existing, known)
    ids = naming.ids([entry for section in pages for entry in section.entries])
    old = {entry.id: entry for section in existing for entry in section.entries}
    sections = []
    for order, (section, place) in enumerate(_placed(pages, places, ids), start=1):
        entries = tuple(_entry(ids[entry.question], entry, place.title, old) for entry in section.entries)
        sections.append(FaqSection(place.name, place.title, order, entries))
    before = {section.name: section for section in existing}
    return ImportPlan(
        sections=tuple(sections),
        changes=tuple(_changes(existing, sections)),
        changed_sections=tuple(section for section in sections if before.get(section.name) != section),
        removed_names=tuple(name for name in before if name not in {section.name for section in sections}),
        is_first=not existing,
    )


def id_from_words(question: str, taken: Iterable[str]) -> str:
    """An id made of a question's words, unlike all that are taken: ``can_i_claim_twice``."""
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    made = ""
    for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")):
        if made and len(made) + 1 + len(word) > LONGEST_ID:
            break
        made = f"{made}_{word}" if made else word[:LONGEST_ID]
    if not made or made[0].isdigit():
        made = f"question_{made}".rstrip("_")
    used = set(taken)
    number, unique = 2, made
    while unique in used:
        number, unique = number + 1, f"{made}_{number}"
    return unique


class _Naming:
    """Which id each question of the page has."""

    def __init__(self, existing: Sequence[FaqSection], known: Sequence[KnownSection]) -> None:
        self._old = [entry for section in existing for entry in section.entries]
        self._known = {
            same_words(question): entry_id for section in known for question, entry_id in section.ids.items()
        }

    def ids(self, entries: Sequence[PageEntry]) -> dict[str, str]:
        found: dict[str, str] = {}
        by_question = {same_words(entry.question): entry.id for entry in self._old}
        for entry in entries:
            self._give(found, entry, by_question.get(same_words(entry.question)))
        for entry in entries:
            self._give(found, entry, self._known.get(same_words(entry.question)))
        for entry in entries:
            self._give(found, entry, self._reworded(entry, found))
        for entry in entries:
            taken = {*found.values(), *(old.id for old in self._old), *self._known.values()}
            self._give(found, entry, id_from_words(entry.question, taken))
        return found

    @staticmethod
    def _give(found: dict[str, str], entry: PageEntry, entry_id: str | None) -> None:
        if entry_id is not None and entry.question not in found and entry_id not in found.values():
            found[entry.question] = entry_id

    def _reworded(self, entry: PageEntry, found: Mapping[str, str]) -> str | None:
        if entry.question in found:
            return None
        free = [old for old in self._old if old.id not in found.values()]
        for old in free:
            if old.answer == entry.answer:
                return old.id
        alike = [(_likeness(old.question, entry.question), old.id) for old in free]
        best = max(alike, default=(0.0, ""))
        return best[1] if best[0] >= REWORDED else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, same_words(one), same_words(other)).ratio()


def _as_known(section: FaqSection) -> KnownSection:
    return KnownSection(section.name, section.title, {entry.question: entry.id for entry in section.entries})


def _placed(
    pages: Sequence[PageSection], places: Sequence[KnownSection], ids: Mapping[str, str]
) -> list[tuple[PageSection, KnownSection]]:
    """Each section with its file: the one it shares most ids with, else the one at its position, else a new one."""
    shared = [
        (len({ids[entry.question] for entry in section.entries} & set(place.ids.values())), -position, -rank)
        for position, section in enumerate(pages)
        for rank, place in enumerate(places)
    ]
    given: dict[int, KnownSection] = {}
    for count, position, rank in sorted(shared, reverse=True):
        place = places[-rank]
        if count and -position not in given and place not in given.values():
            given[-position] = place
    for position in range(len(pages)):
        if position not in given:
            free = position < len(places) and places[position] not in given.values()
            given[position] = places[position] if free else _new_place(position, places)
    return [(section, given[position]) for position, section in enumerate(pages)]


def _new_place(position: int, places: Sequence[KnownSection]) -> KnownSection:
    names = {place.name for place in places}
    name = f"section_{position + 1}"
    while name in names:
        name += "_new"
    return KnownSection(name, f"Section {position + 1}", {})


def _entry(entry_id: str, entry: PageEntry, title: str, old: Mapping[str, FaqEntry]) -> FaqEntry:
    """The page's words under this id; what the page does not know (variants, translations, review date) stays."""
    if entry_id in old:
        return replace(old[entry_id], section=title, question=entry.question, answer=entry.answer, mark=entry.mark)
    return FaqEntry(entry_id, title, entry.question, entry.answer, entry.mark)


def _changes(existing: Sequence[FaqSection], sections: Sequence[FaqSection]) -> list[EntryChange]:
    before = {entry.id: entry for section in existing for entry in section.entries}
    after = {entry.id: entry for section in sections for entry in section.entries}
    moved = _moved(existing, sections)
    changes = []
    for entry in after.values():
        old = before.get(entry.id)
        parts = [part for part in ("question", "answer", "mark") if old and getattr(old, part) != getattr(entry, part)]
        if old is None:
            changes.append(EntryChange("added", entry.id, _diff(None, entry)))
        elif parts:
            changes.append(EntryChange(", ".join(parts) + " changed", entry.id, _diff(old, entry), _hint(old, parts)))
        elif entry.id in moved:
            changes.append(EntryChange("moved", entry.id))
    removed = [entry for entry in before.values() if entry.id not in after]
    return changes + [EntryChange("removed", entry.id, _diff(entry, None)) for entry in removed]


def _hint(old: FaqEntry, parts: Sequence[str]) -> str:
    if "answer" in parts and (old.variants or old.translations):
        return "its variants and translations still have the old words: read them again"
    return ""


def _moved(existing: Sequence[FaqSection], sections: Sequence[FaqSection]) -> set[str]:
    """Entries that are now in another section or in another order."""
    before = [(section.name, entry.id) for section in existing for entry in section.entries]
    after = [(section.name, entry.id) for section in sections for entry in section.entries]
    both = {entry_id for _, entry_id in before} & {entry_id for _, entry_id in after}
    kept_before = [pair for pair in before if pair[1] in both]
    kept_after = [pair for pair in after if pair[1] in both]
    matcher = SequenceMatcher(None, kept_before, kept_after, autojunk=False)
    still = {kept_after[block.b + step] for block in matcher.get_matching_blocks() for step in range(block.size)}
    return {entry_id for name, entry_id in kept_after if (name, entry_id) not in still}


def _diff(old: FaqEntry | None, new: FaqEntry | None) -> str:
    """A unified diff of question and answer."""
    name = (new or old).id  # type: ignore[union-attr]  # one of the two is there
    lines = unified_diff(_words(old), _words(new), f"files/{name}", f"page/{name}", lineterm="")
    return "\n".join(lines)


def _words(entry: FaqEntry | None) -> list[str]:
    if entry is None:
        return []
    return [f"Q: {entry.question}", *f"{entry.mark}: {entry.answer}".split("\n")]
