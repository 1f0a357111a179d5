"""Variants without the regression of the product: logistic regression, the nearest phrase, and their product."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.special import log_softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from benchmarks.understanding.ground import Ground, Texts
from benchmarks.understanding.material import Material
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.matching.calibration import Scores
from bot.matching.encoder import Vectors
from bot.matching.features import SURFACE_SHARE, Rows

WEAK_PENALTY = 10.0
MOST_STEPS = 80
_LEAST = 1e-3
"""A cosine below it counts as this much, so that it has a logarithm."""

Inputs = Callable[[Texts], "sparse.csr_matrix | Rows"]


@dataclass(frozen=True)
class LogisticModel:
    """scikit-learn's logistic regression; scores are logarithms of probabilities."""

    ground: Ground
    inputs: Inputs
    regression: LogisticRegression

    @property
    def labels(self) -> list[str]:
        return self.ground.labels

    def scores(self, texts: Sequence[str]) -> Scores:
        decided = self.regression.decision_function(self.inputs(self.ground.read(texts)))
        scores: Scores = log_softmax(np.asarray(decided, dtype=np.float64), axis=1)
        return scores

    def size(self) -> int:
        return int(self.regression.coef_.nbytes)


@dataclass(frozen=True)
class NearestModel:
    """The cosine of the phrase of a label that is nearest."""

    ground: Ground

    @property
    def labels(self) -> list[str]:
        return self.ground.labels

    def scores(self, texts: Sequence[str]) -> Scores:
        return self._nearest(self.ground.read(texts).vectors)

    def _nearest(self, vectors: Vectors) -> Scores:
        firsts = np.searchsorted(self.ground.truth, np.arange(len(self.labels)))
        cosines = vectors @ self.ground.phrases.vectors.T
        nearest: Scores = np.maximum.reduceat(cosines, firsts, axis=1).astype(np.float64)
        return nearest

    def size(self) -> int:
        return self.ground.phrases.vectors.nbytes


@dataclass(frozen=True)
class ProductModel:
    """The logarithm of the root of probability times cosine."""

    logistic: LogisticModel
    nearest: NearestModel

    @property
    def labels(self) -> list[str]:
        return self.logistic.labels

    def scores(self, texts: Sequence[str]) -> Scores:
        cosines = np.maximum(self.nearest.scores(texts), _LEAST)
        scores: Scores = (self.logistic.scores(texts) + np.log(cosines)) / 2
        return scores

    def size(self) -> int:
        return self.logistic.size() + self.nearest.size()


def everything(texts: Texts) -> sparse.csr_matrix:
    """Vectors, letters and words beside each other, each of length one."""
    return sparse.hstack([sparse.csr_matrix(texts.vectors), texts.surface / SURFACE_SHARE**0.5]).tocsr()


def meaning_alone(texts: Texts) -> Rows:
    return texts.vectors


def learn_logistic(material: Material, encoder: TimedEncoder) -> LogisticModel:
    return _logistic(Ground.of(material, encoder), everything)


def learn_logistic_meaning(material: Material, encoder: TimedEncoder) -> LogisticModel:
    return _logistic(Ground.of(material, encoder), meaning_alone)


def learn_nearest(material: Material, encoder: TimedEncoder) -> NearestModel:
    return NearestModel(Ground.of(material, encoder))


def learn_product(material: Material, encoder: TimedEncoder) -> ProductModel:
    ground = Ground.of(material, encoder)
    return ProductModel(_logistic(ground, everything), NearestModel(ground))


def _logistic(ground: Ground, inputs: Inputs) -> LogisticModel:
    regression = LogisticRegression(C=WEAK_PENALTY, max_iter=MOST_STEPS, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # so few steps are meant
        regression.fit(inputs(ground.phrases), ground.truth)
    return LogisticModel(ground, inputs, regression)
