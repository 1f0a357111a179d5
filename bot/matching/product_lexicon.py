"""The words product names are made of, in one spelling: plurals, Nordic words, joined and misspelt words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process
from spacy.lang.da.stop_words import STOP_WORDS as DANISH
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.nb.stop_words import STOP_WORDS as NORWEGIAN
from spacy.lang.sv.stop_words import STOP_WORDS as SWEDISH

from bot.core.folding import fold_case

_TOKEN = re.compile(r"\d+[.,]\d+(?![\w])|[^\W_]+")
_NUMBERED = re.compile(r"(?:gen|generation|mk|mark|ver)(\d{1,2})")
_GENERATION = frozenset(("gen", "generation", "generasjon", "mk", "mark"))
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
_ORDINAL = {
    "1st": "1",
    "2nd": "2",
    "3rd": "3",
    "4th": "4",
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
}
_ENDINGS = (
    "",
    "s",
    "es",
    "e",
    "er",
    "r",
    "ar",
    "or",
    "n",
    "en",
    "et",
    "t",
    "a",
    "na",
    "ne",
    "erne",
    "arna",
    "orna",
    "ene",
    "a",
    "rne",
)
_ALIKE_ENOUGH = 80.0
_LONGEST_PHRASE = 4


class Kind(Enum):
    """What a word says about a product."""

    MAKER = auto()
    BRAND = auto()
    NOUN = auto()
    """The kind of product: dock, monitor."""
    NAME = auto()
    """A word of a name on the list, or one that describes a product."""
    MODEL = auto()
    """Digits, alone or with letters: told exactly or not at all."""
    ORDINARY = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Word:
    """One word in its one spelling; ``alike`` is 100 unless it was misspelt."""

    value: str
    kind: Kind
    start: int
    end: int
    alike: float = 100.0


class Lexicon:
    """The words of the listed names and of the vocabulary; ``read`` turns a text into them."""

    def __init__(self, names: Iterable[str], vocabulary: Mapping[str, Any]) -> None:
        self._phrases: dict[tuple[str, ...], tuple[str, Kind]] = {}
        self._ordinary = frozenset(str(vocabulary.get("ordinary_words", "")).lower().split())
        self._add_vocabulary(vocabulary)
        products = {value for value, kind in self._phrases.values() if kind is not Kind.NAME}
        self._common = frozenset(ENGLISH | DANISH | SWEDISH | NORWEGIAN) - products
        for name in names:
            for word in _split(name):
                if not _has_digit(word[0]) and word[0] not in _ROMAN:
                    self._phrases.setdefault((word[0],), (word[0], Kind.NAME))
        self._single = {phrase[0]: meant for phrase, meant in self._phrases.items() if len(phrase) == 1}
        self._long = [word for word in self._single if len(word) >= 4]
        self._word = lru_cache(maxsize=4096)(self._look_up)

    def read(self, text: str) -> list[Word]:
        """Every word of the text in order; phrases (docking station, usb c) are one word."""
        return self._read(_split(text))

    def is_common(self, value: str) -> bool:
        """A word that means nothing by itself: go, with, for."""
        return value in self._common

    def _add_vocabulary(self, vocabulary: Mapping[str, Any]) -> None:
        self._add(Kind.MAKER, {word: () for word in vocabulary.get("makers", ())})
        self._add(Kind.BRAND, {word: () for word in vocabulary.get("brands", ())})
        self._add(Kind.NOUN, vocabulary.get("product_words", {}))
        self._add(Kind.NAME, vocabulary.get("spellings", {}))
        self._add(Kind.NAME, {word: () for word in vocabulary.get("descriptions", ())})

    def _add(self, kind: Kind, words: Mapping[str, Sequence[str]]) -> None:
        for word, others in words.items():
            parts = tuple(part for part, _, _ in _split(word))
            value = "".join(parts)
            for phrase in (
                parts,
                (value,),
                *(tuple(part for part, _, _ in _split(other)) for other in others),
            ):
                self._phrases.setdefault(phrase, (value, kind))

    def _read(self, parts: list[_Part]) -> list[Word]:
        words: list[Word] = []
        place = 0
        while place < len(parts):
            length = self._phrase_length(parts, place)
            start, end = parts[place][1], parts[place + length - 1][2]
            if length > 1:
                value, kind = self._phrases[tuple(part[0] for part in parts[place : place + length])]
                words.append(Word(value, kind, start, end))
            else:
                words += [replace(word, start=start, end=end) for word in self._word(parts[place][0])]
            place += length
        return _with_generations(words)

    def _phrase_length(self, parts: list[_Part], place: int) -> int:
        for length in range(min(_LONGEST_PHRASE, len(parts) - place), 1, -1):
            texts = tuple(part[0] for part in parts[place : place + length])
            if texts in self._phrases:
                return length
            together = "".join(texts)
            if (
                length == 2
                and len(together) > 5
                and together in self._single
                and not all(text in self._single for text in texts)
            ):
                self._phrases[texts] = self._single[together]
                return length
        return 1

    def _look_up(self, text: str) -> tuple[Word, ...]:
        if numbered := _NUMBERED.fullmatch(text):
            return (Word("gen", Kind.ORDINARY, 0, 0), Word(numbered.group(1), Kind.MODEL, 0, 0))
        if text in self._single:
            return (Word(*self._single[text], 0, 0),)
        if text in _ROMAN:
            return (Word(_ROMAN[text], Kind.MODEL, 0, 0),)
        if _has_digit(text):
            return (Word(text.replace(",", "."), Kind.MODEL, 0, 0),)
        if text in self._ordinary or text in self._common:
            return (Word(text, Kind.ORDINARY, 0, 0),)
        return self._inflected(text) or self._joined(text) or self._misspelt(text) or (Word(text, Kind.OTHER, 0, 0),)

    def _inflected(self, text: str) -> tuple[Word, ...]:
        for ending in _ENDINGS[1:]:
            stem = text[: -len(ending)]
            if text.endswith(ending) and len(stem) >= 3 and stem in self._single:
                value, kind = self._single[stem]
                if kind is Kind.NOUN or ending in ("s", "es"):
                    return (Word(value, kind, 0, 0),)
        return ()

    def _joined(self, text: str) -> tuple[Word, ...]:
        for cut in range(3, len(text) - 2):
            first, second = text[:cut], text[cut:]
            known = [
                self._single.get(first),
                self._single.get(second) or self._single.get(second.rstrip("s")),
            ]
            if len(text) >= 7 and known[0] and known[1] and Kind.NOUN in (known[0][1], known[1][1]):
                return tuple(Word(*meant, 0, 0) for meant in known if meant)
        return ()

    def _misspelt(self, text: str) -> tuple[Word, ...]:
        if len(text) < 4:
            return ()
        stems = [text, text[:-1]] if text.endswith("s") and len(text) > 5 else [text]
        found = [
            close
            for stem in stems
            if (close := process.extractOne(stem, self._long, scorer=fuzz.ratio, score_cutoff=_cutoff(stem)))
        ]
        if not found:
            return ()
        word, alike, _ = max(found, key=lambda close: close[1])
        return (Word(*self._single[word], 0, 0, alike),)


_Part = tuple[str, int, int]


def _cutoff(text: str) -> float:
    """One wrong letter of four is another word; of six it is a slip."""
    return 85.0 if len(text) <= 5 else _ALIKE_ENOUGH


def _split(text: str) -> list[_Part]:
    return [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(fold_case(text))]


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _with_generations(words: list[Word]) -> list[Word]:
    """``Gen 2``, ``2nd gen`` and ``II`` say the same: the number alone."""
    kept: list[Word] = []
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        if word.value in _ORDINAL and after and after.value in _GENERATION:
            kept.append(replace(word, value=_ORDINAL[word.value], kind=Kind.MODEL, end=after.end))
        elif word.value in _GENERATION and kept and kept[-1].end == word.end:
            continue
        elif word.value in _GENERATION and after and after.kind is Kind.MODEL:
            words[place + 1] = replace(after, start=word.start)
        else:
            kept.append(word)
    return kept
