"""Turns a change into a patch against a content folder as it stands now; nothing in it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.adapters.content_lines import (
    NEW_NLU_FILE,
    intents_in,
    with_block,
    with_entry,
    with_phrases,
    with_phrases_under,
)
from bot.adapters.content_patch import as_diff
from bot.adapters.faq_files import read_faq_files
from bot.adapters.labelled_questions import read_labelled_questions
from bot.adapters.nlu_files import read_examples
from bot.core.faq_sections import FaqSection
from bot.core.gap_groups import key_of
from bot.core.intents import FAQ, OUT_OF_SCOPE, is_faq, label_of
from bot.core.proposals import Change, ContentOutline, Patch, PatchedFile, Way

READ = ("faq", "data/nlu", "evaluation")
Signature = tuple[tuple[str, int, int], ...]
STRANGERS = "data/nlu/out_of_scope.yml"
ASKED = "# asked by customers"
"""The comment above the phrases that were taken from customers' questions."""


class ContentFolder:
    """The ``ContentDrafts`` port over a folder that holds ``faq/``, ``data/`` and perhaps ``evaluation/``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[Signature, ContentOutline] | None = None

    def outline(self) -> ContentOutline:
        signature = self._signature()
        if self._known is None or self._known[0] != signature:
            self._known = (signature, self._read_outline())
        return self._known[1]

    def _signature(self) -> Signature:
        """What changes when somebody writes a file: reading thousands of phrases takes a second, and every page asks for them."""
        files = sorted(file for part in READ for file in (self._folder / part).rglob("*.yml"))
        return tuple((str(file), *_state(file)) for file in files)

    def _read_outline(self) -> ContentOutline:
        examples = read_examples(self._folder / "data" / "nlu")
        sections = read_faq_files(self._folder / "faq").sections
        labels = {example.intent for example in examples}
        own = sorted(label for label in labels if not label.startswith(f"{FAQ}/") and label != OUT_OF_SCOPE)
        questions = {key_of(entry.question): entry.id for section in sections for entry in section.entries}
        learnt = {key_of(example.text): label_of(example.intent) for example in examples}
        return ContentOutline(sections, tuple(own), questions | learnt, self._measured_by())

    def patch(self, change: Change) -> Patch:
        outline = self.outline()
        conflicts = list(_conflicts(change, outline))
        if conflicts:
            return Patch(conflicts=tuple(conflicts))
        skipped = tuple(phrase for phrase in change.phrases if key_of(phrase) in outline.phrases)
        phrases = tuple(phrase for phrase in change.phrases if phrase not in skipped)
        files = tuple(self._files(change, phrases, outline))
        return Patch(files, as_diff(files), tuple(_moved(change, skipped, outline.phrases)), skipped)

    def _files(self, change: Change, phrases: tuple[str, ...], outline: ContentOutline) -> Iterator[PatchedFile]:
        if change.way is Way.ENTRY and change.label not in outline.entries:
            path = f"{FAQ}/{change.section}.yml"
            before = self._read(path)
            yield PatchedFile(path, before, with_entry(before or "", change.entry))
        if phrases:
            path = self._place_of(change, outline.sections)
            before = self._read(path)
            yield PatchedFile(path, before, _with_phrases(before or NEW_NLU_FILE, change, phrases))

    def _place_of(self, change: Change, sections: tuple[FaqSection, ...]) -> str:
        """The file that the phrases belong into."""
        if change.way is Way.OUT_OF_SCOPE:
            return STRANGERS
        section = next((one.name for one in sections for entry in one.entries if entry.id == change.label), "")
        if change.way is Way.ENTRY or section:
            return f"data/nlu/{FAQ}/{section or change.section}.yml"
        holders = [path for path in self._nlu_files() if change.intent in intents_in(self._read(path) or "")]
        return holders[-1] if holders else f"data/nlu/{change.label}.yml"

    def _nlu_files(self) -> list[str]:
        files = (self._folder / "data" / "nlu").rglob("*.yml")
        return sorted(file.relative_to(self._folder).as_posix() for file in files)

    def _measured_by(self) -> frozenset[str]:
        """The labelled questions; a file beside them that holds none is something else."""
        found: set[str] = set()
        for name in ("development.yml", "held_out.yml"):
            file = self._folder / "evaluation" / name
            if file.exists():
                found |= {key_of(question.text) for question in read_labelled_questions(file)}
        return frozenset(found)

    def _read(self, path: str) -> str | None:
        """The text with its own line ends; None if there is no such file."""
        file = self._folder / path
        return file.read_bytes().decode("utf-8") if file.is_file() else None


def _with_phrases(text: str, change: Change, phrases: tuple[str, ...]) -> str:
    if change.way is Way.OUT_OF_SCOPE:
        return with_phrases_under(text, ASKED, change.intent, phrases)
    return with_phrases(text, change.intent, phrases) or with_block(text, change.intent, phrases)


def _conflicts(change: Change, outline: ContentOutline) -> Iterator[str]:
    """Why the change cannot be made at all any more."""
    entries = outline.entries
    if not change.phrases and change.way is not Way.ENTRY:
        yield "It has no phrases any more: they were deleted with what their customers had said."
    if change.way is Way.PHRASES and change.label not in {*entries, *outline.intents}:
        yield f"There is no {'entry' if is_faq(change.label) else 'intent'} {change.label} any more."
    if change.way is Way.ENTRY:
        known = entries.get(change.label)
        if known and (known.question, known.answer) != (change.question, change.answer):
            yield f"There is another entry {change.label} now: “{known.question}”."
        if change.section not in {section.name for section in outline.sections}:
            yield f"There is no section {change.section} any more."


def _moved(change: Change, skipped: tuple[str, ...], learnt: Mapping[str, str]) -> Iterator[str]:
    """The phrases that somebody has given to another entry meanwhile."""
    own = label_of(change.intent)
    for phrase in skipped:
        if learnt[key_of(phrase)] != own:
            yield f"“{phrase}” is a phrase of {learnt[key_of(phrase)]} now, and is left out."


def _state(file: Path) -> tuple[int, int]:
    """When it was written and how long it is; nothing for a file that is replaced at this very moment."""
    try:
        state = file.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size
