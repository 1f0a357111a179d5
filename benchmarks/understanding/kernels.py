"""Variants that are the same regression over other kernels: all phrases for landmarks, linear, or one part alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse

from benchmarks.understanding.ground import Ground
from benchmarks.understanding.material import Material
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.matching.calibration import Scores
from bot.matching.encoder import Vectors
from bot.matching.features import Features, Rows
from bot.matching.ridge import Phrases, Ridge, fit_ridge

Meaning = Callable[[Vectors], Rows]


@dataclass(frozen=True)
class RidgeModel:
    """A regression, and what it makes of a sentence vector."""

    ground: Ground
    meaning: Meaning
    ridge: Ridge
    landmarks: int = 0
    """How many vectors a text is compared with."""

    @property
    def labels(self) -> list[str]:
        return self.ground.labels

    def scores(self, texts: Sequence[str]) -> Scores:
        read = self.ground.read(texts)
        scores: Scores = (self.meaning(read.vectors) @ self.ridge.meaning + self.ridge.bias).astype(np.float64)
        return scores + read.surface @ self.ridge.surface if len(self.ridge.surface) else scores

    def size(self) -> int:
        vectors = self.landmarks * self.ground.phrases.vectors.shape[1] * self.ridge.meaning.itemsize
        return self.ridge.meaning.nbytes + self.ridge.surface.nbytes + vectors


def learn_exact(material: Material, encoder: TimedEncoder) -> RidgeModel:
    ground = Ground.of(material, encoder)
    vectors, surface = ground.phrases.vectors, ground.phrases.surface
    nearness = Features([], vectors).to_landmarks
    phrases = Phrases(nearness(vectors), surface, ground.truth, is_nearness=True)
    ridge = fit_ridge(phrases, phrases.inner_products(), len(ground.labels))
    return RidgeModel(ground, nearness, ridge, len(vectors))


def learn_linear(material: Material, encoder: TimedEncoder) -> RidgeModel:
    ground = Ground.of(material, encoder)
    return RidgeModel(ground, _as_it_is, _fit(ground, ground.phrases.vectors, ground.phrases.surface))


def learn_surface(material: Material, encoder: TimedEncoder) -> RidgeModel:
    ground = Ground.of(material, encoder)
    return RidgeModel(ground, _nothing, _fit(ground, _nothing(ground.phrases.vectors), ground.phrases.surface))


def learn_meaning(material: Material, encoder: TimedEncoder) -> RidgeModel:
    ground = Ground.of(material, encoder)
    nearness, whitening = ground.features.to_landmarks, ground.features.whitening()
    no_surface = sparse.csr_matrix((len(ground.truth), 0), dtype=np.float32)
    ridge = _fit(ground, nearness(ground.phrases.vectors) @ whitening, no_surface)
    return RidgeModel(ground, nearness, Ridge(whitening @ ridge.meaning, ridge.surface, ridge.bias), whitening.shape[0])


def _as_it_is(vectors: Vectors) -> Rows:
    return vectors


def _nothing(vectors: Vectors) -> Rows:
    return vectors[:, :0]


def _fit(ground: Ground, meaning: Rows, surface: sparse.csr_matrix) -> Ridge:
    phrases = Phrases(meaning, surface, ground.truth)
    return fit_ridge(phrases, phrases.inner_products(), len(ground.labels))
