"""Foresees whether the two halves of a sentence may be two questions, so that most halves need not be encoded.

Learnt at training from what the full weighing (``several``) said of the development questions, and set to miss next to
none of what that takes for two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.core.ranking import Band, Ranking
from bot.matching.several import ADDING, ASKING, LONG_MESSAGE, LONG_WORDS, WISHING, Pair, SeveralQuestions, logit
from bot.matching.splits import possible_splits

MISSED = 0.03
"""So much of what is taken for two questions may be missed."""
LEAST_LEARNT = 20
"""Of fewer halves that are two questions, nobody can tell what the others look like."""


@dataclass(frozen=True)
class Foresight:
    """Weights of the evidence, and how likely two questions have to be for the halves to be read; all are if nothing was learnt."""

    weights: tuple[float, ...] = ()
    bias: float = 0.0
    threshold: float = 0.0

    def likelihood(self, whole: Ranking, first: str, second: str) -> float:
        """How likely it is that the halves of a message are two questions, before anything is known of their meaning."""
        evidence = evidence_of(whole, first, second)
        return 1 / (1 + exp(-self.bias - sum(weight * own for weight, own in zip(self.weights, evidence))))

    def worth_reading(self, whole: Ranking, splits: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The splits that may be two questions."""
        return [split for split in splits if not self.weights or self.likelihood(whole, *split) >= self.threshold]


ALL_SEEN = Foresight()
"""What has every half read: nothing was learnt."""


def learn_foresight(pairs: Sequence[Pair], several: SeveralQuestions) -> Foresight:
    """Learn from the pairs of parts that are halves what the weighing of both will say."""
    halves = [pair for pair in pairs if (pair.first.text, pair.second.text) in possible_splits(pair.whole.text)]
    are_two = np.array([several.are_two(pair) for pair in halves], dtype=bool)
    if are_two.all() or are_two.sum() < LEAST_LEARNT:
        return ALL_SEEN
    evidence = np.array([evidence_of(pair.whole, pair.first.text, pair.second.text) for pair in halves])
    model = LogisticRegression(class_weight="balanced", max_iter=3000).fit(evidence, are_two)
    likelihoods = np.sort(model.predict_proba(evidence)[are_two, 1])
    threshold = float(likelihoods[int(MISSED * len(likelihoods))])
    return Foresight(tuple(float(weight) for weight in model.coef_[0]), float(model.intercept_[0]), threshold)


def evidence_of(whole: Ranking, first: str, second: str) -> list[float]:
    """What the message as a whole, and the words alone of its halves, say for two questions."""
    return [*_of_the_whole(whole), *_of_the_words(whole.text, first, second)]


def _of_the_whole(whole: Ranking) -> list[float]:
    best, next_best = whole.best.score, whole.best.score - whole.margin
    return [
        best,
        next_best,
        logit(best),
        logit(next_best),
        logit(best) - logit(next_best),
        whole.stranger_score,
        float(whole.band is Band.ANSWER),
        float(whole.is_strange),
    ]


def _of_the_words(whole: str, first: str, second: str) -> list[float]:
    asking = [bool(ASKING.search(half)) for half in (first, second)]
    wishing = [bool(WISHING.search(half)) for half in (first, second)]
    marks = whole.count("?")
    return [
        *map(float, asking),
        *map(float, wishing),
        float(all(asking)),
        float(all(wishing)),
        float(any(wishing)),
        min(len(first.split()), len(second.split()), LONG_WORDS) / LONG_WORDS,
        min(len(whole.split()), LONG_MESSAGE) / LONG_MESSAGE,
        float(marks >= 1),
        float(marks >= 2),
        float(bool(ADDING.search(whole))),
        float(bool(ADDING.search(second))),
    ]
