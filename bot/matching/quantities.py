"""Finds how many products are meant: six headsets, x4, 4 stk, a dozen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.folding import fold_case
from bot.matching.number_words import NUMBER, read_number
from bot.matching.products import ProductMention

_UNIT = (
    r"stk|st|styck|stykker|stykke|pcs?|pieces?|units?|items?|products?|products|varer|varor|produkter|produkt"
    r"|off|of (?:them|those|these|each)"
)
_COUNTED = re.compile(
    rf"(?<![\w.,/#-])(?P<number>{NUMBER})(?![\w]|[.,/]\d) ?(?:(?:more|new|of the|mere|fler) )?(?:{_UNIT})\b(?! ?\d)"
)
_TIMES = re.compile(r"(?<![\w.,/-])(?:[x×] ?(?P<after>\d{1,3})|(?P<before>\d{1,3}) ?[x×])(?![\w]|[.,/]\d)")
_BEFORE_PRODUCT = re.compile(
    rf"(?<![\w.,/#-])(?P<number>{NUMBER}) ?(?:(?:x|×|more|new|other|extra|black|grey|identical|of|the|those"
    rf"|these|our|nye|nya|stk\.?|pcs) ){{0,3}}[\"'(]?$"
)
_ALONE = re.compile(
    rf"^\W*(?:(?:just|only|it's|we bought|bought|i think|about|all|bare|kun"
    rf"|køb?te) )?(?P<number>{NUMBER})(?: ?(?:i think|of them|in all|in total))?\W*$"
)
_TOTAL = re.compile(
    rf"\b(?:all|a total of|in total|altogether|quantity:?|antal:?|antall:?"
    rf"|qty:?) (?P<number>{NUMBER})\b(?! (?:days?|weeks?|months?|kr))"
)
_MORE = re.compile(
    rf"(?<![\w.,/-])(?P<number>{NUMBER}) (?:more|mere|fler|extra)\b(?! (?:than|days?|weeks?|months?|years?"
    rf"|hours?|minutes?|time|kr))"
)
_MONEY_BEFORE = re.compile(r"(?:kr|dkk|sek|nok|eur|€|\$|£)\.? ?$")
_MOST = 999


@dataclass(frozen=True)
class FoundQuantity:
    """A number of products, and where it stands in the text."""

    value: int
    start: int
    end: int


def find_quantities(
    text: str, mentions: Sequence[ProductMention], taken: Sequence[tuple[int, int]] = ()
) -> list[FoundQuantity]:
    """Quantities in the order of the text; never lengths of time, money, or what stands in the ``taken`` spans."""
    lowered = fold_case(text)
    found = [_from(match, "number") for pattern in (_COUNTED, _TOTAL, _MORE) for match in pattern.finditer(lowered)]
    found += [_from(match, "after" if match["after"] else "before") for match in _TIMES.finditer(lowered)]
    for mention in mentions:
        before = _BEFORE_PRODUCT.search(lowered, max(0, mention.start - 40), mention.start)
        if before:
            found.append(_from(before, "number"))
    if alone := _ALONE.match(lowered):
        found.append(_from(alone, "number"))
    return _settle(found, lowered, [*taken, *((mention.start, mention.end) for mention in mentions)])


def _from(match: re.Match[str], group: str) -> FoundQuantity:
    return FoundQuantity(read_number(match[group]), *match.span(group))


def _settle(found: Sequence[FoundQuantity], text: str, taken: Sequence[tuple[int, int]]) -> list[FoundQuantity]:
    kept: dict[int, FoundQuantity] = {}
    for quantity in found:
        inside = any(start < quantity.end and quantity.start < end for start, end in taken)
        money = _MONEY_BEFORE.search(text, max(0, quantity.start - 6), quantity.start)
        if 0 < quantity.value <= _MOST and not inside and not money:
            kept.setdefault(quantity.start, quantity)
    return [kept[start] for start in sorted(kept)]
