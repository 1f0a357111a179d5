"""The matcher: learns labelled phrases, ranks the labels for a new text and says in which band the best one lies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.core.explanations import Thresholds
from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Band, Candidate, Ranking
from bot.matching.calibration import Calibration, Scores, calibrate, soften
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import Features
from bot.matching.foresight import ALL_SEEN, Foresight
from bot.matching.forms import fit_best
from bot.matching.normalise import normalise
from bot.matching.ridge import Ridge
from bot.matching.several import NEVER_SEVERAL, SeveralQuestions
from bot.matching.spelling import Spelling
from bot.matching.waits import mark_wait

EXPLAINED = 3
"""For so many labels the nearest training phrase is told."""
RANKED = 64
"""So many labels are ranked; what comes after them has no likelihood left."""
_ARRAYS = "matcher.npz"
_DATA = "matcher.json"


class Matcher:
    """Kernel ridge regression over meaning, letters and words, with calibrated bands."""

    def __init__(
        self,
        encoder: Encoder,
        features: Features,
        spelling: Spelling,
        labels: Sequence[str],
        ridge: Ridge,
        calibration: Calibration,
        phrases: Sequence[tuple[str, str]],
        phrase_vectors: Vectors,
        long_wait: int | None = None,
        several: SeveralQuestions = NEVER_SEVERAL,
        foresight: Foresight = ALL_SEEN,
    ) -> None:
        self.labels = list(labels)
        self.calibration = calibration
        self.encoder = encoder
        self._features = features
        self._spelling = spelling
        self._ridge = ridge
        self.phrases = list(phrases)
        self.phrase_vectors = phrase_vectors
        self._long_wait = long_wait
        self.several = several
        self.foresight = foresight
        self._spans = spans_of([label for _, label in self.phrases])
        self._stranger = self.labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self.labels else None

    @classmethod
    def fit(cls, examples: Sequence[tuple[str, str]], encoder: Encoder, *, long_wait: int | None = None) -> Matcher:
        """Learn ``(phrase, label)`` pairs; at least two labels with as many phrases each as there are folds.

        ``long_wait`` is the number of days from which on a wait counts as long. Calibrated on held-out phrases;
        ``calibrate_on`` does better where there are labelled questions.
        """
        spoken = dict.fromkeys((normalise(text), label) for text, label in examples)
        phrases = sorted(spoken, key=lambda phrase: phrase[1])  # each label's phrases stand together
        texts = [text for text, _ in phrases]
        labels = sorted({label for _, label in phrases})
        vectors = encoder.encode(texts)
        marked = [mark_wait(text, long_wait) for text in texts]
        truth = np.array([labels.index(label) for _, label in phrases])
        learnt = fit_best(marked, vectors, truth, len(labels))
        right = np.arange(len(labels)) == truth[:, None]
        stranger = labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in labels else None
        calibration = calibrate(learnt.held_out, right, stranger)
        spelling = Spelling.learn(texts, encoder.is_common)
        return cls(encoder, learnt.features, spelling, labels, learnt.ridge, calibration, phrases, vectors, long_wait)

    def calibrate_on(self, texts: Sequence[str], right: npt.NDArray[np.bool_]) -> None:
        """Set temperature and thresholds anew by questions; ``right`` marks the labels that are right for each."""
        self.calibration = calibrate(self.scores(texts), right, self._stranger)

    def scores(self, texts: Sequence[str]) -> Scores:
        """The regression's own score for every label of every text, before the temperature; a row sums to about one."""
        scores, _ = self._scores(texts)
        return scores.astype(np.float64)

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        """One ranking for each text."""
        if not texts:
            return []
        scores, vectors = self._scores(texts)
        probabilities = soften(scores.astype(np.float64), self.calibration.temperature)
        return [self._ranking(text, row, vector) for text, row, vector in zip(texts, probabilities, vectors)]

    def with_encoder(self, encoder: Encoder) -> Matcher:
        """The same matcher over another encoder that gives the same vectors."""
        other = copy(self)
        other.encoder = encoder
        return other

    def spoken(self, text: str) -> str:
        """The text as it is compared: one spelling for all that does not matter, misspelt words repaired."""
        return self._spelling.repair(normalise(text))

    @property
    def thresholds(self) -> Thresholds:
        """What the bands ask for."""
        return Thresholds(self.calibration.answer, self.calibration.familiar)

    def _scores(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.float32], Vectors]:
        """A raw score for every label of every text, and the texts' sentence vectors."""
        spoken = [self.spoken(text) for text in texts]
        vectors = self.encoder.encode(spoken)
        scores = self._features.to_landmarks(vectors) @ self._ridge.meaning + self._ridge.bias
        for row, text in zip(scores, spoken):
            columns, values = self._features.surface(mark_wait(text, self._long_wait))
            row += values @ self._ridge.surface[columns]
        return scores, vectors

    def _ranking(self, text: str, scores: Scores, vector: Vectors) -> Ranking:
        order = [index for index in _best_first(scores, RANKED + 1) if index != self._stranger][:RANKED]
        candidates = tuple(
            Candidate(
                self.labels[index],
                float(scores[index]),
                self._nearest(self.labels[index], vector) if place < EXPLAINED else "",
            )
            for place, index in enumerate(order)
        )
        stranger_score = float(scores[self._stranger]) if self._stranger is not None else 0.0
        return Ranking(text, candidates, self._band(candidates[0].score, stranger_score), stranger_score)

    def _band(self, best: float, stranger_score: float) -> Band:
        if best >= self.calibration.answer and best >= stranger_score:
            return Band.ANSWER
        return Band.SUGGEST if best >= self.calibration.familiar * stranger_score else Band.NONE

    def _nearest(self, label: str, vector: Vectors) -> str:
        own = self._spans[label]
        nearest: str = self.phrases[own.start + int((self.phrase_vectors[own] @ vector).argmax())][0]
        return nearest

    def summary(self) -> str:
        """What was learnt and where the bands lie, in a line."""
        calibration = self.calibration
        return (
            f"{len(self.phrases)} phrases, {len(self.labels)} labels; answers from {calibration.answer:.2f}, "
            f"suggests what is at least {calibration.familiar:.2f} times as likely as no answer"
        )

    def save(self, folder: Path) -> None:
        """Write arrays as npz and the rest as JSON; no pickle."""
        self._features.save(folder)
        np.savez(
            folder / _ARRAYS,
            meaning=self._ridge.meaning,
            surface=self._ridge.surface,
            bias=self._ridge.bias,
            phrase_vectors=self.phrase_vectors,
        )
        data = {
            "labels": self.labels,
            "calibration": self.calibration.as_dict(),
            "phrases": self.phrases,
            "words": self._spelling.words,
            "long_wait": self._long_wait,
            "several": asdict(self.several),
            "foresight": asdict(self.foresight),
        }
        (folder / _DATA).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Matcher:
        """Read what ``save`` wrote, to be used with the same encoder."""
        data: dict[str, Any] = json.loads((folder / _DATA).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(
                encoder,
                Features.load(folder),
                Spelling(data["words"], encoder.is_common),
                data["labels"],
                Ridge(arrays["meaning"], arrays["surface"], arrays["bias"]),
                Calibration(**data["calibration"]),
                [(text, label) for text, label in data["phrases"]],
                arrays["phrase_vectors"],
                data["long_wait"],
                SeveralQuestions(**_weighed(data["several"])),
                Foresight(**_weighed(data["foresight"])),
            )


def _weighed(stored: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no tuples."""
    return stored | {"weights": tuple(stored["weights"])}


def _best_first(scores: Scores, most: int) -> npt.NDArray[np.int64]:
    """The places of the highest scores; among very many labels only the first ones are put in order."""
    places = np.argpartition(-scores, most)[:most] if len(scores) > most else np.arange(len(scores))
    best_first: npt.NDArray[np.int64] = places[np.argsort(-scores[places], kind="stable")]
    return best_first


def spans_of(labels: Sequence[str]) -> dict[str, slice]:
    """Where each label's phrases stand; phrases of a label stand together."""
    spans: dict[str, slice] = {}
    for place, label in enumerate(labels):
        spans[label] = slice(spans[label].start if label in spans else place, place + 1)
    return spans
