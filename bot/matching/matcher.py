"""The matcher: learns labelled phrases, ranks the labels for a new text and says in which band the best one lies."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from joblib import Parallel, delayed
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.core.ranking import Band, Candidate, Ranking
from bot.matching.calibration import SUGGESTION_SHARE, Calibration, Scores, calibrate, soften
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import Features
from bot.matching.normalise import normalise

Regression = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
"""Weights, one row a label, and bias."""
STRANGER = "out_of_scope"
"""The label of phrases that have no answer here; it may be missing from the training phrases."""
FOLDS = 3
SUGGESTIONS = 3
_ARRAYS = "matcher.npz"
_DATA = "matcher.json"


class Matcher:
    """Logistic regression over sentence vectors, letters and words, with calibrated bands."""

    def __init__(
        self,
        features: Features,
        labels: Sequence[str],
        weights: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
        calibration: Calibration,
        phrases: Sequence[tuple[str, str]],
        phrase_vectors: Vectors,
    ) -> None:
        self.labels = list(labels)
        self.calibration = calibration
        self._features = features
        self._weights = weights
        self._bias = bias
        self._phrases = list(phrases)
        self._phrase_vectors = phrase_vectors
        of_phrases = np.array([label for _, label in self._phrases])
        self._phrases_of = {label: np.flatnonzero(of_phrases == label) for label in self.labels}
        self._stranger = self.labels.index(STRANGER) if STRANGER in self.labels else None

    @classmethod
    def fit(cls, examples: Sequence[tuple[str, str]], encoder: Encoder) -> Matcher:
        """Learn ``(phrase, label)`` pairs; at least two labels with ``FOLDS`` phrases each."""
        phrases = list(dict.fromkeys((normalise(text), label) for text, label in examples))
        texts = [text for text, _ in phrases]
        labels = sorted({label for _, label in phrases})
        truth = np.array([labels.index(label) for _, label in phrases])
        vectors = encoder.encode(texts)
        features = Features(encoder)
        features.fit(texts)
        rows = features.transform(texts, vectors)
        stranger = labels.index(STRANGER) if STRANGER in labels else None
        (weights, bias), held_out = _regressions(rows, truth, len(labels))
        calibration = calibrate(held_out, truth, stranger)
        return cls(features, labels, weights, bias, calibration, phrases, vectors)

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        """One ranking for each text."""
        spoken = [normalise(text) for text in texts]
        vectors = self._features.encoder.encode(spoken)
        rows = self._features.transform(spoken, vectors)
        log_scores = _log_softmax(rows @ self._weights.T + self._bias)
        scores = soften(log_scores, self.calibration.temperature)
        return [self._ranking(text, row, vector) for text, row, vector in zip(texts, scores, vectors)]

    def _ranking(self, text: str, scores: Scores, vector: Vectors) -> Ranking:
        order = [index for index in np.argsort(-scores) if index != self._stranger]
        nearness = self._phrase_vectors @ vector
        candidates = tuple(
            Candidate(
                self.labels[index],
                float(scores[index]),
                self._nearest(self.labels[index], nearness) if place < SUGGESTIONS else "",
            )
            for place, index in enumerate(order)
        )
        stranger_score = float(scores[self._stranger]) if self._stranger is not None else 0.0
        return Ranking(text, candidates, self._band(candidates, stranger_score), stranger_score)

    def _band(self, candidates: tuple[Candidate, ...], stranger_score: float) -> Band:
        best = candidates[0].score
        margin = best - candidates[1].score if len(candidates) > 1 else best
        if best >= self.calibration.answer and margin >= self.calibration.margin and best >= stranger_score:
            return Band.ANSWER
        if best >= self.calibration.suggest and best >= SUGGESTION_SHARE * stranger_score:
            return Band.SUGGEST
        return Band.NONE

    def _nearest(self, label: str, nearness: npt.NDArray[np.float32]) -> str:
        own = self._phrases_of[label]
        nearest: str = self._phrases[own[int(nearness[own].argmax())]][0]
        return nearest

    def summary(self) -> str:
        """What was learnt and where the bands lie, in a line."""
        calibration = self.calibration
        return (
            f"{len(self._phrases)} phrases, {len(self.labels)} labels; answers from {calibration.answer:.2f}, "
            f"suggests from {calibration.suggest:.2f}, temperature {calibration.temperature:.2f}"
        )

    def save(self, folder: Path) -> None:
        """Write arrays as npz and the rest as JSON; no pickle."""
        self._features.save(folder)
        np.savez(folder / _ARRAYS, weights=self._weights, bias=self._bias, phrase_vectors=self._phrase_vectors)
        data = {"labels": self.labels, "calibration": self.calibration.as_dict(), "phrases": self._phrases}
        (folder / _DATA).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Matcher:
        """Read what ``save`` wrote, to be used with the same encoder."""
        data: dict[str, Any] = json.loads((folder / _DATA).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(
                Features.load(folder, encoder),
                data["labels"],
                arrays["weights"],
                arrays["bias"],
                Calibration(**data["calibration"]),
                [(text, label) for text, label in data["phrases"]],
                arrays["phrase_vectors"],
            )


def _regressions(rows: sparse.csr_matrix, truth: npt.NDArray[np.int64], labels: int) -> tuple[Regression, Scores]:
    """The regression on all phrases, and log-scores for every phrase by one that had not seen it; fitted side by side."""
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, truth))
    parts = [np.arange(len(truth)), *(seen for seen, _ in folds)]
    fitted = Parallel(n_jobs=min(len(parts), os.cpu_count() or 1), max_nbytes=None)(
        delayed(fit_regression)(rows[part], truth[part]) for part in parts
    )
    scores = np.zeros((len(truth), labels))
    for (weights, bias), (_, unseen) in zip(fitted[1:], folds):
        scores[unseen] = _log_softmax(rows[unseen] @ weights.T + bias)
    return fitted[0], scores


def fit_regression(rows: sparse.csr_matrix, truth: npt.NDArray[np.int64]) -> Regression:
    """Weights and bias of a multinomial logistic regression.

    It is stopped early: the scores are calibrated afterwards, and more steps only cost time.
    """
    model = LogisticRegression(C=10, max_iter=80, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows, truth)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights.astype(np.float32), bias.astype(np.float32)


def _log_softmax(raw: npt.NDArray[np.float32]) -> Scores:
    shifted = np.asarray(raw, dtype=np.float64)
    shifted = shifted - shifted.max(axis=1, keepdims=True)
    log_scores: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return log_scores
