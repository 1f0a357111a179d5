"""How near a customer's words come to the names on the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.product_lexicon import Kind, Lexicon, Word
from bot.services.ports import Product

_ENOUGH_WORDS = 0.6
"""The part of a name's words that has to be said for it to be taken without asking."""
_ENOUGH_WITH_MODEL = 0.5
"""The same where the name has a model number, which has to be told in any case."""
_NEAR = 0.4
_LEAD = 5.0
_MOST_CLOSE = 3


@dataclass(frozen=True)
class Likeness:
    """How one listed name compares with what was said."""

    product: Product
    score: float
    """0 to 100."""
    fits: bool
    """Nothing was said that the name does not hold."""
    is_sure: bool
    """It fits, enough of it was said, and its model numbers were told."""


@dataclass(frozen=True)
class _Name:
    product: Product
    words: frozenset[str]
    """All of them, model numbers too."""
    models: frozenset[str]
    heads: frozenset[str]
    """What it is: a webcam, though its name says Monitor Webcam."""
    joined: Mapping[str, frozenset[str]]
    """Model numbers written together: t27h30."""
    telling: frozenset[str]
    """What has to be said: model numbers, and words that tell it from its sister product."""

    def leads(self) -> set[str]:
        """Every word that may lead to it, beginnings of its models included."""
        beginnings = {model[:length] for model in self.models for length in range(3, len(model))}
        return {*self.words, *self.joined, *beginnings}


class NameMatcher:
    """Compares words with every name on the list."""

    def __init__(self, products: Sequence[Product], lexicon: Lexicon, sister_words: Iterable[str] = ()) -> None:
        self._lexicon, telling = lexicon, frozenset(sister_words)
        self._names = [_read_name(product, lexicon, telling) for product in products]
        self._by_word: dict[str, list[int]] = {}
        for place, name in enumerate(self._names):
            for key in name.leads():
                self._by_word.setdefault(key, []).append(place)
        self.models = frozenset(model for name in self._names for model in (*name.models, *name.joined))

    def count(self, noun: str) -> int:
        """How many names on the list are of this kind of product."""
        return len({name.product.name for name in self._names if noun in name.heads})

    def choose(self, words: Sequence[Word]) -> tuple[Product | None, tuple[Product, ...], float]:
        """The one product meant for certain, else up to three near ones, and the score of the best."""
        said = _joined_models(
            [word for word in words if word.kind is not Kind.MAKER and not _only_connects(word, self._lexicon)]
        )
        heads = _heads(words)
        places = sorted({place for word in said for key in _keys(word) for place in self._by_word.get(key, ())})
        likenesses = (_compare(self._names[place], said, heads) for place in places)
        ranked = sorted(
            (likeness for likeness in likenesses if likeness.score > 0), key=lambda likeness: -likeness.score
        )
        sure = [likeness for likeness in ranked if likeness.is_sure]
        rivals = [
            likeness for likeness in ranked if likeness.fits and sure and likeness.product.name != sure[0].product.name
        ]
        if sure and (sure[0].score >= 99 or not rivals or sure[0].score - rivals[0].score >= _LEAD):
            return sure[0].product, (), sure[0].score
        return None, _closest(ranked), ranked[0].score if ranked else 0.0


def _read_name(product: Product, lexicon: Lexicon, sister_words: frozenset[str]) -> _Name:
    words = [word for word in lexicon.read(product.name) if word.kind is not Kind.MAKER]
    models = [word.value for word in words if word.kind is Kind.MODEL]
    joined = {one + two: frozenset((one, two)) for one, two in zip(models, models[1:])}
    return _Name(
        product,
        frozenset(word.value for word in words if not _only_connects(word, lexicon)),
        frozenset(models),
        _heads(words),
        joined,
        frozenset((*models, *(word.value for word in words if word.value in sister_words))),
    )


def _only_connects(word: Word, lexicon: Lexicon) -> bool:
    return word.value != "go" and lexicon.is_common(word.value)


def _joined_models(words: list[Word]) -> list[Word]:
    """``T27 h`` typed apart is read as the model T27h."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind is Kind.MODEL
            and len(word.value) == 1
            and word.value.isalpha()
            and word.kind is not Kind.MODEL
        ):
            joined[-1] = Word(before.value + word.value, Kind.MODEL, before.start, word.end)
        else:
            joined.append(word)
    return joined


def _compare(name: _Name, said: Sequence[Word], heads: frozenset[str]) -> Likeness:
    matched: set[str] = set()
    strange, alike = 0.0, []
    for word in said:
        held = name.joined.get(word.value) or ((word.value,) if word.value in name.words else ())
        matched.update(held)
        if held:
            alike.append(word.alike)
        else:
            strange += 1.0 if word.kind is not Kind.MODEL else _strangeness(word.value, name.models)
    if heads and name.heads and not heads & name.heads:
        return Likeness(name.product, 0.0, False, False)
    covered, precise = len(matched) / len(name.words), (len(said) - strange) / len(said)
    spelling = sum(alike) / (100 * len(alike)) if alike else 1.0
    enough = _ENOUGH_WITH_MODEL if name.models else _ENOUGH_WORDS
    is_sure = not strange and covered >= enough and name.telling <= matched
    return Likeness(name.product, max(50 * (covered + precise) * spelling, 0.0), not strange, is_sure)


def _strangeness(said: str, models: frozenset[str]) -> float:
    """T24 where the list has T24i: half its name or another product; T27p where it has T27h: a sister."""
    if len(said) >= 3 and any(model.startswith(said) for model in models):
        return 0.5
    if len(said) >= 4 and any(model.startswith(said[:3]) for model in models):
        return 0.75
    return 1.5


def _keys(word: Word) -> tuple[str, ...]:
    return (word.value, word.value[:3]) if word.kind is Kind.MODEL and len(word.value) >= 4 else (word.value,)


def _heads(words: Sequence[Word]) -> frozenset[str]:
    """The last kind of product, and one joined to it by "and"."""
    nouns = [place for place, word in enumerate(words) if word.kind is Kind.NOUN]
    joined = [place for place in nouns if place + 2 in nouns and words[place + 1].value == "and"]
    return frozenset(words[place].value for place in (*nouns[-1:], *joined))


def _closest(ranked: Sequence[Likeness]) -> tuple[Product, ...]:
    """The names within reach of the best one; those that fit come before those that do not."""
    fitting = [likeness for likeness in ranked if likeness.fits] or [
        likeness for likeness in ranked if likeness.score >= 100 * _NEAR
    ]
    by_name = {likeness.product.name: likeness for likeness in reversed(fitting)}
    near = [likeness for likeness in by_name.values() if likeness.score >= fitting[0].score - 15] if fitting else []
    return tuple(likeness.product for likeness in sorted(near, key=lambda found: -found.score)[:_MOST_CLOSE])
