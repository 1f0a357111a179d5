"""Finds part numbers: those on the list however they are spaced, near misses, and others of their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.core.folding import fold
from bot.services.ports import Product

_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ \t-]{0,2}")
_ANNOUNCED = re.compile(
    r"\b(?:part(?: ?(?:no|nr|number))?|p/n|pn|mtm|item (?:no|number)|varenr|varenummer|artikelnr|artikelnummer"
    r"|delenummer)\.?:? ?#?$",
    re.IGNORECASE,
)
_SHORTEST = 5
_MOST_GROUPS = 4


@dataclass(frozen=True)
class PartNumber:
    """A part number in the text; without products if it is not on the list and near none."""

    start: int
    end: int
    product: Product | None = None
    close: tuple[Product, ...] = ()


class PartNumberFinder:
    """Knows the part numbers of the list."""

    def __init__(self, products: Sequence[Product]) -> None:
        listed = ((_plain(product.part_number), product) for product in products)
        self._listed: Mapping[str, Product] = {
            number: product for number, product in listed if len(number) >= _SHORTEST
        }

    def find(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> list[PartNumber]:
        """In the order of the text; nothing is looked for in the ``taken`` spans."""
        folded = fold(text)
        tokens = [
            match
            for match in _TOKEN.finditer(folded)
            if not any(start < match.end() and match.start() < end for start, end in taken)
        ]
        return list(self._read(folded, tokens))

    def _read(self, text: str, tokens: list[re.Match[str]]) -> Iterator[PartNumber]:
        place = 0
        while place < len(tokens):
            found, length = self._listed_from(text, tokens, place)
            found = found or self._like_one(text, tokens[place])
            if found:
                yield found
            place += length if found else 1

    def _listed_from(self, text: str, tokens: list[re.Match[str]], place: int) -> tuple[PartNumber | None, int]:
        number = ""
        for following in range(place, min(place + _MOST_GROUPS, len(tokens))):
            if following > place and not _GAP.fullmatch(text, tokens[following - 1].end(), tokens[following].start()):
                break
            number += _plain(tokens[following].group())
            if number in self._listed:
                return PartNumber(
                    tokens[place].start(), tokens[following].end(), self._listed[number]
                ), following - place + 1
        return None, 1

    def _like_one(self, text: str, token: re.Match[str]) -> PartNumber | None:
        number = _plain(token.group())
        digits = sum(character.isdigit() for character in number)
        if digits == 0 or digits == len(number) or len(number) < _SHORTEST:
            return None
        close = self._near(number) if len(number) >= 7 else ()
        announced = _ANNOUNCED.search(text, max(0, token.start() - 24), token.start())
        if close or announced or _has_the_shape(number):
            return PartNumber(token.start(), token.end(), close=close)
        return None

    def _near(self, number: str) -> tuple[Product, ...]:
        near = [
            product for listed, product in self._listed.items() if OSA.distance(number, listed, score_cutoff=1) <= 1
        ]
        return tuple(near[:3])


def _plain(number: str) -> str:
    return re.sub(r"[\W_]", "", number).upper()


def _has_the_shape(number: str) -> bool:
    """Letters and digits in turns, as in 4X30M56887; a claim reference or a model has no such turns."""
    digits = sum(character.isdigit() for character in number)
    turns = sum(one.isdigit() != two.isdigit() for one, two in zip(number, number[1:]))
    return 8 <= len(number) <= 14 and digits >= 3 and len(number) - digits >= 2 and turns >= 2
