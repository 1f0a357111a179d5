"""One plain spelling for characters that mean the same; every character keeps its place."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_QUOTES = frozenset("\u2018\u2019\u201b\u00b4`")


def fold(text: str) -> str:
    """Full-width and foreign digits, dashes, quotes and spaces made plain; the length stays, so that positions hold."""
    return text if text.isascii() else "".join(map(_fold_character, text))


def fold_case(text: str) -> str:
    """``fold`` and lower case; as long as ``text``."""
    folded = fold(text)
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else "".join(map(_lower_character, folded))


def _lower_character(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _DASHES:
        return "-"
    if character in _QUOTES:
        return "'"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) != 1:
        return character
    return " " if plain.isspace() and plain not in "\n\r\t" else plain
