"""Which stretches of a text speak of a product: words of a name around a kind of product, a brand or a model."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.matching.product_lexicon import Kind, Lexicon, Word

_SAME_NAME = re.compile(r"[ \t\-/\"'()+]{0,3}")
_DETERMINER = frozenset(
    (
        "a", "an", "the", "my", "our", "your", "this", "that", "one", "two", "three", "four", "five", "six",
        "new", "for", "et", "en", "ett", "min", "mitt", "mit", "vores", "vår", "det", "den",
    )
)  # fmt: skip
_QUANTITY = re.compile(r"\d{1,2}x|x\d{1,2}")
_MOST_UNKNOWN = 3
_PART_OF_NAME = (Kind.MAKER, Kind.BRAND, Kind.NOUN, Kind.NAME)


class RunFinder:
    """Finds runs; ``models`` are the model words of the list, ``names`` its names in words."""

    def __init__(self, lexicon: Lexicon, models: Collection[str], names: Sequence[Sequence[Word]]) -> None:
        self._lexicon = lexicon
        self._models = frozenset(models)
        self._shapes = frozenset(_shape(model) for model in models if not model.replace(".", "").isdigit())
        self._links = {
            tuple(word.value for word in name[place : place + 3]) for name in names for place in range(len(name) - 2)
        }

    def find(self, text: str, words: Sequence[Word]) -> list[list[Word]]:
        """Runs in the order of the text, each naming or describing one product."""
        runs: list[list[Word]] = []
        place = 0
        while place < len(words):
            run = self._run_from(text, words, place)
            kept = self._trim(run)
            if self._speaks_of_product(kept):
                runs.append(kept)
            place += len(run) or 1
        return runs

    def _run_from(self, text: str, words: Sequence[Word], place: int) -> list[Word]:
        if not self._may_start(words, place):
            return []
        run = [words[place]]
        for following in range(place + 1, len(words)):
            gap = text[words[following - 1].end : words[following].start]
            if not _SAME_NAME.fullmatch(gap) or not self._may_go_on(run, words, following):
                break
            run.append(words[following])
        return run

    def _may_start(self, words: Sequence[Word], place: int) -> bool:
        word = words[place]
        if word.kind is Kind.MODEL:
            return (
                word.value in self._models
                and not word.value.isdigit()
                or self._is_model(word)
                or self._leads(words, place)
            )
        if word.kind not in _PART_OF_NAME:
            return False
        if word.kind is Kind.NAME and self._lexicon.is_common(word.value):
            before = words[place - 1].value if place else "a"
            return (
                word.value == "go"
                and (before in _DETERMINER or before.isdigit())
                and _next_kind(words, place) in _PART_OF_NAME
            )
        return True

    def _leads(self, words: Sequence[Word], place: int) -> bool:
        """``300 FHD webcam``: a number that a listed name holds, of three digits or more."""
        value = words[place].value
        return value in self._models and len(value) >= 3 and _next_kind(words, place) in (Kind.NAME, Kind.NOUN)

    def _may_go_on(self, run: Sequence[Word], words: Sequence[Word], place: int) -> bool:
        word = words[place]
        if word.kind is Kind.MODEL:
            return self._number_belongs(run, words, place)
        if word.kind in (Kind.NAME, Kind.ORDINARY) and word.value != "go" and self._lexicon.is_common(word.value):
            return place + 1 < len(words) and (run[-1].value, word.value, words[place + 1].value) in self._links
        if word.kind in _PART_OF_NAME:
            return True
        return word.kind is Kind.OTHER and self._unknown_belongs(run, words, place)

    def _number_belongs(self, run: Sequence[Word], words: Sequence[Word], place: int) -> bool:
        """Not the number of the next product ("a dock 2 mice"), nor "x4"."""
        word = words[place]
        if _QUANTITY.fullmatch(word.value) and word.value not in self._models and run[-1].kind is not Kind.BRAND:
            return False
        another = any(known.kind is Kind.NOUN for known in run) and _next_kind(words, place) is Kind.NOUN
        return not (word.value.isdigit() and another)

    def _unknown_belongs(self, run: Sequence[Word], words: Sequence[Word], place: int) -> bool:
        """After a brand comes a name we need not know; after the maker only if a kind of product follows it."""
        unknown = sum(word.kind is Kind.OTHER for word in run)
        if unknown >= _MOST_UNKNOWN:
            return False
        if any(word.kind is Kind.BRAND for word in run) and not any(word.kind is Kind.NOUN for word in run):
            return True
        if run[0].kind in (Kind.MAKER, Kind.NAME) or len(words[place].value) == 1:
            return _noun_follows(words, place, _MOST_UNKNOWN - unknown)
        return False

    def _trim(self, run: list[Word]) -> list[Word]:
        kept = list(run)
        while len(kept) > 1 and kept[-1].kind is Kind.NAME and self._lexicon.is_common(kept[-1].value):
            if kept[-2].kind is Kind.MAKER:
                break
            kept.pop()
        return kept

    def _speaks_of_product(self, run: Sequence[Word]) -> bool:
        if any(word.kind in (Kind.NOUN, Kind.BRAND) or self._is_model(word) for word in run):
            return True
        telling = [
            word for word in run if word.kind in (Kind.NAME, Kind.MODEL) and not self._lexicon.is_common(word.value)
        ]
        named = any(word.kind is Kind.NAME and len(word.value) >= 3 for word in telling)
        after_maker = run[0].kind is Kind.MAKER and len(run) > 1 if run else False
        return named and (len(telling) >= 2 or after_maker) or after_maker and run[-1].value == "go"

    def _is_model(self, word: Word) -> bool:
        """Written like the models on the list: T27p is, like T27h."""
        return word.kind is Kind.MODEL and (len(word.value) >= 3 and _shape(word.value) in self._shapes)


def _next_kind(words: Sequence[Word], place: int) -> Kind | None:
    return words[place + 1].kind if place + 1 < len(words) else None


def _noun_follows(words: Sequence[Word], place: int, within: int) -> bool:
    for word in words[place + 1 : place + 1 + within]:
        if word.kind is Kind.NOUN:
            return True
        if word.kind is Kind.ORDINARY:
            return False
    return False


def _shape(model: str) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", model))
