"""Reads the desk's own sentences from ``faq/replies/*.yml``: one ``key: sentence with {placeholders}`` a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from bot.adapters.content_mistakes import Mistakes
from bot.adapters.yaml_nodes import Keys, open_mapping
from bot.core.findings import Place
from bot.core.wording import Wording

_KEY = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the desk, the names of its placeholders, and where it is written."""

    key: str
    words: str
    placeholders: frozenset[str]
    place: Place


def read_wording(folder: Path) -> Wording:
    """All sentences of a ``faq/replies`` folder; raises ``ContentError`` with all mistakes of all files."""
    return Wording({sentence.key: sentence.words for sentence in read_sentences(folder)})


def read_sentences(folder: Path) -> list[Sentence]:
    """The sentences with their places, file by file; raises ``ContentError``."""
    mistakes = Mistakes()
    found: dict[str, Sentence] = {}
    for path in sorted(folder.glob("*.yml")):
        keys = open_mapping(path, f"{folder.parent.name}/{folder.name}/{path.name}", mistakes)
        for key in keys.names() if keys else ():
            if keys:
                _take(keys, key, found)
    mistakes.raise_if_any()
    return list(found.values())


def _take(keys: Keys, key: str, found: dict[str, Sentence]) -> None:
    keys.entry = key
    words = keys.text(key, whole=True)
    if not _KEY.fullmatch(key):
        keys.complain_at(key, f"the key {key!r} is not allowed", "use small letters, digits and _ only")
    elif key in found:
        keys.complain_at(key, f"the key is already used at {found[key].place}", "keep one of the two sentences")
    else:
        found[key] = Sentence(key, words, _placeholders(keys, key, words), keys.place_of(key))


def _placeholders(keys: Keys, key: str, words: str) -> frozenset[str]:
    try:
        fields = [parts[1:] for parts in Formatter().parse(words) if parts[1] is not None]
    except ValueError:
        keys.complain_at(
            key,
            "a curly bracket stands alone",
            "write placeholders as {name}, and use no other curly brackets",
        )
        return frozenset()
    if "{{" in words or "}}" in words:
        keys.complain_at(key, "double curly brackets", "write placeholders as {name}, and use no other curly brackets")
    names = set()
    for name, form, conversion in fields:
        if not _KEY.fullmatch(name or "") or form or conversion:
            keys.complain_at(
                key,
                f"the placeholder {{{name}}} is not a simple name",
                "write it as {name}, in small letters",
            )
        else:
            names.add(str(name))
    return frozenset(names)
