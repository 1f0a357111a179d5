"""Chooses how texts are compared, by phrases that were held out: each form learns, and the better one is kept.

With a sample of the phrases for landmarks a text costs least, and letters and words make up for what the sample lacks.
Compared with every phrase, meaning alone tells more, and letters and words may count for less. What is right more often
depends on what was learnt: how many languages and misspellings, how close the labels are (``docs/decisions/0025``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from bot.matching.calibration import Scores
from bot.matching.encoder import Vectors
from bot.matching.features import Features
from bot.matching.ridge import Phrases, Ridge, Truth, fit_ridge, held_out_scores

Flags = npt.NDArray[np.bool_]

MOST_WEIGHTS = 4_000_000
"""Phrases times labels up to which comparing with every phrase is tried: each has a weight for each label."""
STANDARD_ERRORS = 2.0
"""With one, a dozen phrases more could turn the form over, and with it the answers to questions that they have nothing to do with."""
WON_FOR_ONE_LOST = 1.25
"""Among thousands of phrases a trifle is sure too, and not worth hundreds of other answers and the time each text takes."""


@dataclass(frozen=True)
class Fitted:
    """One form that has learnt, and its scores for phrases it had not seen."""

    features: Features
    ridge: Ridge
    held_out: Scores


def fit_best(texts: Sequence[str], vectors: Vectors, truth: Truth, labels: int) -> Fitted:
    """The quicker form, unless the other one pays; ``truth`` is the number of each text's label."""
    quick = _with_a_sample(texts, vectors, truth, labels)
    if len(texts) * labels > MOST_WEIGHTS:
        return quick
    return _with_every_phrase(quick, texts, vectors, truth, labels) or quick


def _with_a_sample(texts: Sequence[str], vectors: Vectors, truth: Truth, labels: int) -> Fitted:
    features = Features.learn(texts, vectors)
    whitening = features.whitening()
    phrases = Phrases(features.to_landmarks(vectors) @ whitening, features.surfaces(texts), truth)
    products = phrases.inner_products()
    ridge = fit_ridge(phrases, products, labels)
    ridge = Ridge(whitening @ ridge.meaning, ridge.surface, ridge.bias)  # for the nearness as it comes
    return Fitted(features, ridge, held_out_scores(phrases, products, labels))


def _with_every_phrase(
    quick: Fitted, texts: Sequence[str], vectors: Vectors, truth: Truth, labels: int
) -> Fitted | None:
    """None, and before all is learnt, if it is not surely better than the quick form."""
    features = quick.features.with_every_phrase(vectors)
    phrases = Phrases(features.to_landmarks(vectors), features.surfaces(texts), truth, is_nearness=True)
    products = phrases.inner_products()
    held_out = held_out_scores(phrases, products, labels)
    if not is_surely_better(held_out.argmax(axis=1) == truth, quick.held_out.argmax(axis=1) == truth):
        return None
    return Fitted(features, fit_ridge(phrases, products, labels), held_out)


def is_surely_better(other: Flags, quick: Flags) -> bool:
    """Of the phrases that only one of the two has right, by so many standard errors and by a clear share."""
    gained, lost = int((other & ~quick).sum()), int((quick & ~other).sum())
    return gained - lost > STANDARD_ERRORS * sqrt(gained + lost) and gained > WON_FOR_ONE_LOST * lost
