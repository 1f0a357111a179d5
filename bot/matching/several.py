"""Whether a message asks two things: the reading of its parts weighed against that of the whole.

The weights are learnt at training. Two development questions joined are two things; one that has several sentences is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Ranking

ASKING = re.compile(
    r"\?|^(?:and |so |but |also )?(?:what|how|when|where|who|which|why|can|could|do|does|is|are|will|may|should|must|did"
    r"|hvad|hvordan|hvornår|hvor|vad|hur|när|var|hva|når|kan|får|må|er|är)\b",
    re.IGNORECASE,
)
WISHING = re.compile(
    r"\?|\b(?:what|how|when|where|who|which|why|whether|can|could|may|tell me|explain|let me know|wonder|i'd like|i need|please"
    r"|hvad|hvordan|hvornår|hvor|hvem|hvilke\w*|vad|hur|när|var|vem|vilke\w*|hva|når|kan|får|må|undrar|lurer|gerne vide)\b",
    re.IGNORECASE,
)
"""Wants to know something, anywhere in its words; looser than ``ASKING``, and right less often."""
ADDING = re.compile(
    r"\b(?:also|too|another (?:thing|question)|two (?:things|questions)|2 (?:things|questions)|one more|btw|by the way|plus"
    r"|besides|furthermore|secondly|samt|også|också|dessuten|desuden|for øvrig|för övrigt|i øvrigt|for resten"
    r"|to spørgsmål|två frågor|to spørsmål|to ting)\b|(?:^|\s)(?:2[.)]|b\))\s(?!\s*(?:jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|o[ck]t|nov|de[cs]))",
    re.IGNORECASE,
)
"""Says that there is more than one thing."""
WRONGLY_SPLIT = 0.05
"""Of the development questions that ask one thing, at most this share is taken for two."""
LONG_WORDS, LONG_MESSAGE = 8, 40
_LEAST = 1e-4


@dataclass(frozen=True)
class Pair:
    """Two parts of a message that speak for different labels, and the message read as a whole."""

    first: Ranking
    second: Ranking
    whole: Ranking

    @property
    def labels(self) -> frozenset[str]:
        """What the parts speak for."""
        return frozenset((self.first.verdict.label, self.second.verdict.label))

    def evidence(self) -> list[float]:
        """What speaks for two questions: how sure the parts are, whether the whole knows both, how they ask and join."""
        return [*self._certainty(), *self._asking(), *self._message()]

    def _certainty(self) -> list[float]:
        labels = (self.first.verdict.label, self.second.verdict.label)
        surest, less = sorted((self.first.verdict.score, self.second.verdict.score), reverse=True)
        in_whole = sorted((self.whole.score_of(label) for label in labels), reverse=True)
        crossed = max(self.first.score_of(labels[1]), self.second.score_of(labels[0]))
        return [
            _logit(surest),
            _logit(less),
            less,
            _logit(in_whole[0]),
            log(max(in_whole[1], _LEAST)),
            log(max(crossed, _LEAST)),
            min(self.first.margin, self.second.margin),
            float(self.whole.verdict.label in labels),
            float(OUT_OF_SCOPE in labels),
        ]

    def _asking(self) -> list[float]:
        parts = (self.first.text, self.second.text)
        asking = [bool(ASKING.search(part)) for part in parts]
        wishing = [bool(WISHING.search(part)) for part in parts]
        return [float(all(asking)), float(any(asking)), float(all(wishing)), float(any(wishing))]

    def _message(self) -> list[float]:
        lengths = [len(part.text.split()) for part in (self.first, self.second)]
        words = max(len(self.whole.text.split()), 1)
        marks = self.whole.text.count("?")
        return [
            min(*lengths, LONG_WORDS) / LONG_WORDS,
            min(sum(lengths) / words, 1.0),
            min(words, LONG_MESSAGE) / LONG_MESSAGE,
            float(marks >= 1),
            float(marks >= 2),
            float(bool(ADDING.search(self.whole.text))),
        ]


@dataclass(frozen=True)
class SeveralQuestions:
    """Weights of the evidence, and how sure it has to be."""

    weights: tuple[float, ...] = ()
    bias: float = 0.0
    threshold: float = 1.0

    def likelihood(self, pair: Pair) -> float:
        """How likely it is that the pair is two questions; 0 where nothing was learnt."""
        if not self.weights:
            return 0.0
        return 1 / (1 + exp(-self.bias - sum(w * e for w, e in zip(self.weights, pair.evidence()))))


NEVER_SEVERAL = SeveralQuestions()
"""What takes every message for one question: nothing was learnt."""


def learn_several(together: Sequence[Pair], single: Sequence[Sequence[Pair]], asked: int) -> SeveralQuestions:
    """Learn from pairs that are two questions, and from the pairs found in each of the messages that ask one thing.

    ``asked`` is the number of all messages that ask one thing, those without any pair among them.
    """
    apart = [pair for pairs in single for pair in pairs]
    if not together or not apart:
        return NEVER_SEVERAL
    evidence = np.array([pair.evidence() for pair in (*together, *apart)])
    truth = np.array([1] * len(together) + [0] * len(apart))
    model = LogisticRegression(class_weight="balanced", max_iter=3000).fit(evidence, truth)
    learnt = SeveralQuestions(tuple(float(w) for w in model.coef_[0]), float(model.intercept_[0]))
    likeliest = np.sort([max(learnt.likelihood(pair) for pair in pairs) for pairs in single if pairs])[::-1]
    return SeveralQuestions(learnt.weights, learnt.bias, _threshold(likeliest, asked))


def _threshold(likeliest: npt.NDArray[np.float64], asked: int) -> float:
    """The likelihood that at most ``WRONGLY_SPLIT`` of the single questions reach."""
    allowed = int(WRONGLY_SPLIT * asked)
    return float(np.nextafter(likeliest[allowed], 1.0)) if allowed < len(likeliest) else 0.5


def _logit(score: float) -> float:
    bounded = min(max(score, _LEAST), 1 - _LEAST)
    return log(bounded / (1 - bounded))
