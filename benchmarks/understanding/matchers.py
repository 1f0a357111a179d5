"""Variants made by the product's own matcher: the chosen one, and what it loses without one of its parts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.understanding.material import Material
from benchmarks.understanding.timed_encoder import TimedEncoder, TrustingEncoder
from bot.core.intents import OUT_OF_SCOPE
from bot.matching.calibration import Scores
from bot.matching.encoder import Encoder
from bot.matching.language import language_of
from bot.matching.learning import learn
from bot.matching.matcher import Matcher
from bot.matching.normalise import normalise
from bot.matching.spelling import Spelling

ENGLISH = "en"


class MatcherModel:
    """A matcher as a model."""

    def __init__(self, matcher: Matcher) -> None:
        self.labels = matcher.labels
        self.matcher = matcher

    def scores(self, texts: Sequence[str]) -> Scores:
        """The regression's own: what is strange has a low best one, which probabilities hide."""
        return self.matcher.scores(texts)

    def size(self) -> int:
        with tempfile.TemporaryDirectory() as folder:
            self.matcher.save(Path(folder))
            return sum(file.stat().st_size for file in Path(folder).iterdir())


def learn_chosen(material: Material, encoder: TimedEncoder) -> MatcherModel:
    """Everything that ``promodesk train`` learns."""
    return MatcherModel(learn(material.phrases, encoder, material.development, long_wait=material.long_wait))


def without_spelling(material: Material, encoder: TimedEncoder) -> MatcherModel:
    return _fit(material, TrustingEncoder(encoder))


def with_repaired_phrases(material: Material, encoder: TimedEncoder) -> MatcherModel:
    spelling = Spelling.learn({normalise(text) for text, _ in material.phrases}, encoder.is_common)
    repaired = tuple((spelling.repair(normalise(text)), label) for text, label in material.phrases)
    return _fit(replace(material, phrases=repaired), encoder)


def without_waits(material: Material, encoder: TimedEncoder) -> MatcherModel:
    return _fit(replace(material, long_wait=None), encoder)


def without_strangers(material: Material, encoder: TimedEncoder) -> MatcherModel:
    return _fit(_only(material, lambda _, label: label != OUT_OF_SCOPE), encoder)


def without_nordic(material: Material, encoder: TimedEncoder) -> MatcherModel:
    return _fit(_only(material, lambda text, _: language_of(text) == ENGLISH), encoder)


def _only(material: Material, wanted: Callable[[str, str], bool]) -> Material:
    return replace(material, phrases=tuple(phrase for phrase in material.phrases if wanted(*phrase)))


def _fit(material: Material, encoder: Encoder) -> MatcherModel:
    return MatcherModel(Matcher.fit(material.phrases, encoder, long_wait=material.long_wait))
