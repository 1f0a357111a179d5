"""Writes the section files of the FAQ; what it writes, ``faq_files`` reads back word for word."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.core.faq import FaqEntry
from bot.core.faq_sections import FaqSection


def write_section(folder: Path, section: FaqSection) -> Path:
    """Write one section file whole, or leave the old one as it was if that fails."""
    path = folder / f"{section.name}.yml"
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".yml.new")
    unfinished.write_text(as_yaml(section), encoding="utf-8")
    os.replace(unfinished, path)
    return path


def as_yaml(section: FaqSection) -> str:
    """The text of a section file."""
    head = StringIO()
    _yaml().dump({"section": section.title, "order": section.order}, head)
    return head.getvalue() + "entries:\n" + "\n".join(map(entry_as_yaml, section.entries))


def entry_as_yaml(entry: FaqEntry) -> str:
    """One entry as it stands in its section file, two spaces from the edge."""
    text = StringIO()
    _yaml().dump([_entry(entry)], text)
    return text.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 100_000  # type: ignore[assignment]  # ruamel declares it None; a question stays on one line
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _entry(entry: FaqEntry) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": entry.id,
        "question": entry.question,
        "mark": entry.mark,
        "answer": LiteralScalarString(entry.answer),
    }
    for key, texts in (("variants", entry.variants), ("translations", entry.translations)):
        if texts:
            fields[key] = {name: LiteralScalarString(text) for name, text in texts.items()}
    if entry.review_by is not None:
        fields["review_by"] = entry.review_by
    return fields
