"""Reads the words of the chat itself from ``faq/interface/*.yml``, one file for each language."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from bot.adapters.content_mistakes import Mistakes
from bot.adapters.yaml_nodes import Keys, open_mapping
from bot.core.findings import Place
from bot.core.interface import MAIN_LANGUAGE, Interface

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_DIRECTIONS = ("ltr", "rtl")


def read_interfaces(folder: Path) -> dict[str, Interface]:
    """Every language by its code, English first; raises ``ContentError`` with all mistakes of all files."""
    mistakes = Mistakes()
    where = f"{folder.parent.name}/{folder.name}"
    paths = sorted(folder.glob("*.yml"), key=lambda path: (path.stem != MAIN_LANGUAGE, path.stem))
    read: dict[str, Interface] = {}
    if not paths or paths[0].stem != MAIN_LANGUAGE:
        mistakes.add(
            Place(f"{where}/{MAIN_LANGUAGE}.yml", 1), "-", "there is no such file", "put it back from the repository"
        )
    for path in paths:
        keys = open_mapping(path, f"{where}/{path.name}", mistakes)
        if keys:
            read[path.stem] = _interface(path.stem, keys, read.get(MAIN_LANGUAGE))
    mistakes.raise_if_any()
    return read


def _interface(language: str, keys: Keys, main: Interface | None) -> Interface:
    if not _LANGUAGE.fullmatch(language):
        keys.complain(f"{language!r} is not the code of a language", "name the file like da.yml or pt-BR.yml")
    name, direction = keys.text("name"), keys.text("direction")
    if direction and direction not in _DIRECTIONS:
        keys.complain_at(
            "direction", f"direction is {direction!r}", "write ltr or rtl, the way the language is written"
        )
    strings = _texts(keys.inside("strings"))
    if main:
        _compare(keys, strings, main)
    sections = _texts(keys.inside("sections", optional=True))
    keys.refuse_others()
    return Interface(language, name, direction, strings, sections)


def _texts(keys: Keys | None) -> dict[str, str]:
    if keys is None:
        return {}
    return {name: _text(keys, name) for name in keys.names()}


def _text(keys: Keys, name: str) -> str:
    keys.entry = name
    words = keys.text(name, whole=True)
    if words and _placeholders(words) is None:
        keys.complain_at(name, "a curly bracket stands alone", "write placeholders as {name}, and use no other ones")
    return words


def _compare(keys: Keys, strings: dict[str, str], main: Interface) -> None:
    """The same keys as English, each with the same placeholders."""
    own = keys.inside("strings")
    if own is None:
        return
    for key in main.strings:
        if key not in strings:
            own.entry = key
            own.complain(
                f"the words for {key!r} are missing", f"add a line '{key}: …' (English: {main.strings[key]!r})"
            )
    for key, words in strings.items():
        own.entry = key
        if key not in main.strings:
            own.complain_at(key, f"the key {key!r} is unknown", f"use a key of {MAIN_LANGUAGE}.yml, or remove it")
        elif words and _placeholders(words) != _placeholders(main.strings[key]):
            wanted = " ".join(f"{{{name}}}" for name in sorted(_placeholders(main.strings[key]) or ())) or "none"
            own.complain_at(key, "the placeholders differ from the English words", f"use {wanted}")


def _placeholders(words: str) -> frozenset[str] | None:
    """The names in curly brackets; None if these cannot be read."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)
    except ValueError:
        return None
