"""Finds the products a message speaks of: those on the list, forgiven their spelling, and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.matching.part_numbers import PartNumberFinder
from bot.matching.product_lexicon import Kind, Lexicon, Word
from bot.matching.product_names import NameMatcher
from bot.matching.product_runs import RunFinder
from bot.services.ports import Product


@dataclass(frozen=True)
class ProductMention:
    """Something in the text that is a product."""

    text: str
    start: int
    end: int
    product: Product | None = None
    """The listed product it is for certain."""
    close: tuple[Product, ...] = ()
    """Up to three listed products that may be meant, the nearest first."""
    score: float = 0.0
    """Likeness to the nearest listed product, 0 to 100."""
    generic: bool = False
    """Only a kind of product was named: a monitor."""


class ProductFinder:
    """Knows the list of qualifying products and the vocabulary (``data/vocabulary.yml``)."""

    def __init__(self, products: Sequence[Product], vocabulary: Mapping[str, Any]) -> None:
        self._lexicon = Lexicon([product.name for product in products], vocabulary)
        self._names = NameMatcher(products, self._lexicon, vocabulary.get("sister_words", ()))
        self._part_numbers = PartNumberFinder(products)
        read_names = [self._lexicon.read(product.name) for product in products]
        self._runs = RunFinder(self._lexicon, self._names.models, read_names)

    def find(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> list[ProductMention]:
        """Mentions in the order of the text; words in the ``taken`` spans (dates, references) belong to none."""
        numbers = [
            ProductMention(
                text[found.start : found.end],
                found.start,
                found.end,
                found.product,
                found.close,
                100.0 * bool(found.product),
            )
            for found in self._part_numbers.find(text, taken)
        ]
        closed = [*taken, *((number.start, number.end) for number in numbers)]
        words = [_close(word) if _overlaps(word, closed) else word for word in self._lexicon.read(text)]
        named = [self._mention(text, run) for run in self._runs.find(text, words)]
        return sorted([*numbers, *named], key=lambda mention: mention.start)

    def _mention(self, text: str, run: Sequence[Word]) -> ProductMention:
        start, end = run[0].start, run[-1].end
        if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
            end += 1
        product, close, score = self._names.choose(run)
        generic = all(word.kind in (Kind.NOUN, Kind.MAKER) for word in run) and product is None
        if generic and self._names.count(run[-1].value) > len(close):
            close = ()  # too many of this kind to offer
        return ProductMention(text[start:end], start, end, product, close, round(score, 1), generic)


def _overlaps(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in spans)


def _close(word: Word) -> Word:
    return Word("", Kind.ORDINARY, word.start, word.end)
