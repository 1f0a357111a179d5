"""Reads ``faq/ids.yml``: which id a question gets when the page is imported for the first time.

The section files themselves keep the ids afterwards. This file is for an empty folder, where nothing but the words
of a question could tell which id the examples in ``data/nlu/faq`` are written for.
"""

from __future__ import annotations

from pathlib import Path

from bot.adapters.content_mistakes import Mistakes
from bot.adapters.yaml_nodes import open_mapping
from bot.services.import_page import KnownSection


def read_known_ids(path: Path) -> list[KnownSection]:
    """The known sections in page order; none if there is no such file. Raises ``ContentError``."""
    if not path.exists():
        return []
    mistakes = Mistakes()
    sections = []
    keys = open_mapping(path, f"{path.parent.name}/{path.name}", mistakes)
    for name in keys.names() if keys else ():
        section = keys.inside(name, entry=name) if keys else None
        if section is None:
            continue
        title = section.text("title")
        questions = section.inside("questions")
        section.refuse_others()
        ids = {questions.text(entry_id, whole=True): entry_id for entry_id in questions.names()} if questions else {}
        sections.append(KnownSection(name, title, ids))
    mistakes.raise_if_any()
    return sections
