"""Reads the FAQ from its section files, ``faq/*.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.content_mistakes import Mistakes
from bot.adapters.yaml_nodes import Keys, open_mapping
from bot.core.faq import Faq, FaqEntry
from bot.core.faq_sections import FaqSection, in_page_order
from bot.core.findings import Place
from bot.core.phases import Phase

OTHER_FILES = ("promotion.yml", "ids.yml")
"""The files beside the sections in the same folder."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_PHASE = re.compile("|".join(phase.value for phase in Phase))


@dataclass(frozen=True)
class FaqFiles:
    """The section files as they were read."""

    sections: tuple[FaqSection, ...]
    places: Mapping[str, Place]
    """Where each entry begins, by its id."""


def read_faq(folder: Path) -> Faq:
    """Every entry of a ``faq/`` folder in page order; raises ``ContentError``."""
    return in_page_order(read_faq_files(folder).sections)


def read_faq_files(folder: Path) -> FaqFiles:
    """Every section of a ``faq/`` folder in page order; raises ``ContentError`` with all mistakes of all files."""
    mistakes = Mistakes()
    sections: list[FaqSection] = []
    places: dict[str, Place] = {}
    orders: dict[int, str] = {}
    for path in section_paths(folder):
        keys = open_mapping(path, f"{folder.name}/{path.name}", mistakes)
        if keys is None:
            continue
        section = _section(path.stem, keys, places)
        other = orders.setdefault(section.order, path.name)
        if other != path.name:
            keys.complain_at(
                "order",
                f"order {section.order} is taken by {other}",
                "number the sections as the page has them",
            )
        sections.append(section)
    if not sections and not mistakes.findings:
        mistakes.add(
            Place(f"{folder.name}/", 1),
            "-",
            "there is no section file",
            "make the files with promodesk import-page",
        )
    mistakes.raise_if_any()
    return FaqFiles(tuple(sorted(sections, key=lambda section: section.order)), places)


def section_paths(folder: Path) -> list[Path]:
    """The section files of a ``faq/`` folder."""
    return sorted(path for path in folder.glob("*.yml") if path.name not in OTHER_FILES)


def _section(name: str, keys: Keys, places: dict[str, Place]) -> FaqSection:
    title = keys.text("section")
    order = keys.whole_number("order")
    entries = tuple(_entry(item, title, places) for item in keys.list_of_keys("entries"))
    keys.refuse_others()
    return FaqSection(name, title, order, entries)


def _entry(keys: Keys, section: str, places: dict[str, Place]) -> FaqEntry:
    entry_id = keys.text("id")
    keys.entry = entry_id or "(no id)"
    if entry_id and not _ID.fullmatch(entry_id):
        keys.complain_at("id", f"the id {entry_id!r} is not allowed", "use small letters, digits and _ only")
    if entry_id in places:
        keys.complain_at("id", f"the id is already used at {places[entry_id]}", "give this entry an id of its own")
    elif entry_id:
        places[entry_id] = keys.place_of("id")
    mark = keys.text("mark")
    if mark and mark not in ("A", "R"):
        keys.complain_at("mark", f"mark is {mark!r}", "write A or R, as the page does")
    entry = FaqEntry(
        id=entry_id,
        section=section,
        question=keys.text("question", whole=True),
        answer=keys.text("answer", block=True),
        mark=mark,
        variants=_by_name(keys, "variants", _PHASE, "one of " + ", ".join(phase.value for phase in Phase)),
        translations=_by_name(keys, "translations", _LANGUAGE, "a language code, such as da"),
        review_by=keys.day("review_by", optional=True),
    )
    keys.refuse_others()
    return entry


def _by_name(keys: Keys, key: str, allowed: re.Pattern[str], example: str) -> dict[str, str]:
    inside = keys.inside(key, optional=True)
    if inside is None:
        return {}
    for name in inside.names():
        if not allowed.fullmatch(name):
            inside.complain_at(name, f"{name!r} cannot stand under {key}", f"write {example}")
    return {name: inside.text(name, block=True) for name in inside.names()}
