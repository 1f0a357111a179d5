"""The FAQ: entries with their approved answers, in page order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class FaqEntry:
    """One question of the page and its approved answer, word for word."""

    id: str
    section: str
    question: str
    answer: str
    mark: str = "A"
    """The page's own mark before the answer: ``A`` or ``R``."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """Approved wordings for single phases of the promotion, by phase name."""
    translations: Mapping[str, str] = field(default_factory=dict)
    """Approved translations, by language code."""
    review_by: date | None = None

    @property
    def version(self) -> str:
        """A short checksum of the approved words: it changes when they do."""
        return hashlib.sha256(self.answer.encode()).hexdigest()[:12]


class Faq:
    """Every entry in page order; ids are unique."""

    def __init__(self, entries: Iterable[FaqEntry]) -> None:
        self._entries: dict[str, FaqEntry] = {}
        for entry in entries:
            if entry.id in self._entries:
                raise ValueError(f"two FAQ entries share the id {entry.id!r}")
            self._entries[entry.id] = entry

    def __iter__(self) -> Iterator[FaqEntry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._entries

    def __getitem__(self, entry_id: str) -> FaqEntry:
        return self._entries[entry_id]

    def sections(self) -> list[tuple[str, list[FaqEntry]]]:
        """Section titles with their entries, both in page order."""
        grouped: dict[str, list[FaqEntry]] = {}
        for entry in self:
            grouped.setdefault(entry.section, []).append(entry)
        return list(grouped.items())
