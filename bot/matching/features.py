"""What texts are compared by: nearness of meaning, and shared letters and words against misspellings and rare terms.

Both enter one kernel: ``exp(-|v - w|²)`` of the sentence vectors plus a share of the cosine of the letters and of that of
the words. The nearness of meaning is taken to landmarks: a sample of the phrases (Williams and Seeger 2001), so that a
text costs the same however many phrases were learnt, or all of them. ``forms`` chooses between the two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.matching.encoder import Vectors

LANDMARKS = 2048
SURFACE_SHARE, SMALL_SHARE = 0.5, 0.1
"""What the letters, and the words, count beside the meaning: with a sample of the phrases, and with all of them."""
_CHANNELS: dict[str, dict[str, Any]] = {
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 4), "min_df": 3},
    "words": {"analyzer": "word", "ngram_range": (1, 2), "min_df": 2, "token_pattern": r"(?u)\b\w+\b"},
}
_TERMS = "terms.json"
_ARRAYS = "landmarks.npz"
_JITTER = 1e-4

Rows = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Terms:
    """The terms of one channel: where each stands among the columns of all, and how telling each is, in that order."""

    channel: str
    columns: dict[str, int]
    weights: npt.NDArray[np.float64]

    def analyse(self) -> Callable[[str], list[str]]:
        """A function from a text to its terms, known ones and others."""
        analyse: Callable[[str], list[str]] = TfidfVectorizer(**_CHANNELS[self.channel]).build_analyzer()
        return analyse


class Features:
    """Texts (normalised) with their sentence vectors to what is compared."""

    def __init__(self, channels: Sequence[Terms], landmarks: Vectors, share: float = SURFACE_SHARE) -> None:
        self._channels = [(terms.analyse(), terms) for terms in channels]
        self._weights = np.concatenate([np.empty(0), *(terms.weights for terms in channels)])
        self._landmarks = landmarks
        self._share = share
        self.surface_size = sum(len(terms.columns) for terms in channels)

    @classmethod
    def learn(cls, texts: Sequence[str], vectors: Vectors) -> Features:
        """Choose the landmarks, and learn which terms there are and how telling each is."""
        landmarks = vectors[_sample(texts)]
        channels: list[Terms] = []
        for name, options in _CHANNELS.items():
            known = TfidfVectorizer(**(options if len(texts) > LANDMARKS else {**options, "min_df": 1})).fit(texts)
            offset = sum(len(terms.columns) for terms in channels)
            columns = {term: offset + int(place) for term, place in known.vocabulary_.items()}
            channels.append(Terms(name, columns, known.idf_))
        return cls(channels, landmarks)

    def with_every_phrase(self, vectors: Vectors) -> Features:
        """The same terms, counted for less, and each phrase a landmark."""
        return Features([terms for _, terms in self._channels], vectors, SMALL_SHARE)

    def whitening(self) -> Rows:
        """What turns nearness to the landmarks into rows whose products are the nearness of the texts themselves."""
        values, axes = np.linalg.eigh(self.to_landmarks(self._landmarks).astype(np.float64))
        whitening: Rows = (axes / np.sqrt(np.maximum(values, _JITTER))).astype(np.float32)
        return whitening

    def to_landmarks(self, vectors: Vectors) -> Rows:
        """The nearness of each vector to each landmark, from above 0 to 1."""
        return _nearness(vectors, self._landmarks)

    def surface(self, text: str) -> tuple[npt.NDArray[np.int64], Rows]:
        """Columns and weights of the letters and words of a text."""
        columns, values = [np.empty(0, dtype=np.int64)], [np.empty(0)]
        for analyse, terms in self._channels:
            found = [terms.columns[term] for term in analyse(text) if term in terms.columns]
            own, times = np.unique(np.array(found, dtype=np.int64), return_counts=True)
            weights = (1 + np.log(times)) * self._weights[own]
            columns.append(own)
            values.append(self._share**0.5 * weights / (np.linalg.norm(weights) or 1.0))
        return np.concatenate(columns), np.concatenate(values).astype(np.float32)

    def surfaces(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The letters and words of several texts, one row each."""
        found = [self.surface(text) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in found)])
        columns = np.concatenate([columns for columns, _ in found])
        values = np.concatenate([values for _, values in found])
        return sparse.csr_matrix((values, columns, starts), shape=(len(texts), self.surface_size), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write terms as JSON and landmarks as npz: nothing in a model is executable."""
        terms = [
            {
                "channel": known.channel,
                "terms": sorted(known.columns, key=known.columns.__getitem__),
                "weights": known.weights.round(6).tolist(),
            }
            for _, known in self._channels
        ]
        (folder / _TERMS).write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / _ARRAYS, landmarks=self._landmarks, share=np.float32(self._share))

    @classmethod
    def load(cls, folder: Path) -> Features:
        """Read what ``save`` wrote."""
        channels, offset = [], 0
        for stored in json.loads((folder / _TERMS).read_text(encoding="utf-8")):
            columns = {term: offset + place for place, term in enumerate(stored["terms"])}
            channels.append(Terms(stored["channel"], columns, np.array(stored["weights"])))
            offset += len(columns)
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(channels, arrays["landmarks"], float(arrays["share"]))


def _sample(texts: Sequence[str]) -> list[int]:
    """The places of the landmarks. Drawn by the texts themselves: a few phrases more leave nearly all of it as it was."""
    drawn = sorted(range(len(texts)), key=lambda place: sha256(texts[place].encode("utf-8", "replace")).digest())
    return sorted(drawn[:LANDMARKS])


def _nearness(vectors: Vectors, others: Vectors) -> Rows:
    """``exp(-|v - w|²)`` for unit vectors."""
    nearness: Rows = np.exp(2 * (vectors @ others.T) - 2)
    return nearness
