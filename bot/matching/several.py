"""Whether a message asks two things: the reading of its parts weighed against that of the whole.

The weights are learnt at training. Two development questions joined are two things; one that has several sentences is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Band, Ranking

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
GIVEN_WRONGLY = 2
"""So much does an answer count that nobody asked for, where one that was asked for counts one."""
LEFT_OUT = 0.1
"""The unlikeliest of the answers that could be saved are not: there are too few to know what else is as likely."""
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

    @property
    def saves_an_answer(self) -> bool:
        """Whether a part asks what surely has an answer, and would get none: the message as a whole is turned away."""
        answered = (part for part in (self.first, self.second) if part.band is Band.ANSWER)
        return self.whole.is_strange and any(WISHING.search(part.text) for part in answered)

    def evidence(self) -> list[float]:
        """What speaks for two questions: how sure the parts are, whether the whole knows both, how they ask and join."""
        return [*self._certainty(), *self._asking(), *self._message()]

    def _certainty(self) -> list[float]:
        labels = (self.first.verdict.label, self.second.verdict.label)
        surest, less = sorted((self.first.verdict.score, self.second.verdict.score), reverse=True)
        in_whole = sorted((self.whole.score_of(label) for label in labels), reverse=True)
        crossed = max(self.first.score_of(labels[1]), self.second.score_of(labels[0]))
        return [
            logit(surest),
            logit(less),
            less,
            logit(in_whole[0]),
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
    """Weights of the evidence, and how sure it has to be: less where it saves an answer, for then there is none to lose."""

    weights: tuple[float, ...] = ()
    bias: float = 0.0
    threshold: float = 1.0
    saving_threshold: float = 1.0

    def likelihood(self, pair: Pair) -> float:
        """How likely it is that the pair is two questions; 0 where nothing was learnt."""
        if not self.weights:
            return 0.0
        return 1 / (1 + exp(-self.bias - sum(w * e for w, e in zip(self.weights, pair.evidence()))))

    def are_two(self, pair: Pair) -> bool:
        """Whether the parts are taken for two questions."""
        return self.likelihood(pair) >= (self.saving_threshold if pair.saves_an_answer else self.threshold)

    def surest(self, pairs: Iterable[Pair]) -> Pair | None:
        """The pair that is most surely two questions, if one is."""
        return max(filter(self.are_two, pairs), key=self.likelihood, default=None)


NEVER_SEVERAL = SeveralQuestions()
"""What takes every message for one question: nothing was learnt."""


def learn_several(
    together: Sequence[Pair], single: Sequence[Sequence[Pair]], strange: Sequence[Sequence[Pair]] = ()
) -> SeveralQuestions:
    """Learn from pairs that are two questions, and from those found in each message that asks one thing, often none.

    ``strange`` holds the messages among the latter that have no answer.
    """
    apart = [pair for pairs in single for pair in pairs]
    if not together or not apart:
        return NEVER_SEVERAL
    evidence = np.array([pair.evidence() for pair in (*together, *apart)])
    truth = np.array([1] * len(together) + [0] * len(apart))
    model = LogisticRegression(class_weight="balanced", max_iter=3000).fit(evidence, truth)
    learnt = SeveralQuestions(tuple(float(w) for w in model.coef_[0]), float(model.intercept_[0]))
    threshold = _threshold(learnt, single)
    return replace(
        learnt, threshold=threshold, saving_threshold=_saving_threshold(learnt, together, strange, threshold)
    )


def _threshold(learnt: SeveralQuestions, single: Sequence[Sequence[Pair]]) -> float:
    """The likelihood that at most ``WRONGLY_SPLIT`` of the messages that ask one thing reach; at least one half if fewer do."""
    likeliest = sorted((max(map(learnt.likelihood, pairs)) for pairs in single if pairs), reverse=True)
    allowed = int(WRONGLY_SPLIT * len(single))
    return float(np.nextafter(likeliest[allowed], 1.0)) if allowed < len(likeliest) else 0.5


def _saving_threshold(
    learnt: SeveralQuestions, together: Sequence[Pair], strange: Sequence[Sequence[Pair]], highest: float
) -> float:
    """The likelihood from which on the most answers are saved, each given wrongly taken from those given rightly."""
    right = sorted(learnt.likelihood(pair) for pair in together if pair.saves_an_answer)
    saving = ([learnt.likelihood(pair) for pair in pairs if pair.saves_an_answer] for pairs in strange)
    wrong = [max(likelihoods) for likelihoods in saving if likelihoods]

    def gained(threshold: float) -> int:
        return sum(own >= threshold for own in right) - GIVEN_WRONGLY * sum(own >= threshold for own in wrong)

    likely_enough = right[int(LEFT_OUT * len(right)) :]
    return max((min(own, highest) for own in likely_enough), key=lambda own: (gained(own), own), default=highest)


def logit(score: float) -> float:
    """The log odds of a score from 0 to 1, bounded."""
    bounded = min(max(score, _LEAST), 1 - _LEAST)
    return log(bounded / (1 - bounded))
