"""The sections of the FAQ as they are kept: one file each, with a title and a place on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.faq import Faq, FaqEntry


@dataclass(frozen=True)
class FaqSection:
    """One section; ``name`` is its file's name without ``.yml``, under ``faq/`` and under ``data/nlu/faq/``."""

    name: str
    title: str
    order: int
    entries: tuple[FaqEntry, ...]


def in_page_order(sections: Iterable[FaqSection]) -> Faq:
    """All entries as the page shows them; raises ``ValueError`` if two share an id."""
    ordered = sorted(sections, key=lambda section: (section.order, section.name))
    return Faq(entry for section in ordered for entry in section.entries)
