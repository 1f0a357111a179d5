"""Puts texts that ask the same together, by the trained matcher's own sentence vectors.

As they come, all vectors of one promotion are alike: every text speaks of claims and invoices. So they are weighed by how
phrases of one and the same entry differ from each other: what varies there says little, what does not says much.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering
from sklearn.covariance import ledoit_wolf

from bot.core.gap_groups import GroupedTexts, Reading
from bot.core.intents import DIALOGUE_MOVES, OUT_OF_SCOPE, SMALL_TALK
from bot.core.lengths import MOST_GROUPED
from bot.core.ranking import Band, Ranking
from bot.matching.encoder import Encoder, Vectors
from bot.matching.language import language_of
from bot.matching.matcher import Matcher, spans_of
from bot.matching.questions import whole_message

MOST_REMEMBERED = 3 * MOST_GROUPED
READ_AT_ONCE = 64
APART = 0.75
"""Groups are joined while their texts are on average nearer than this (a cosine distance of weighed vectors). Chosen by
looking: at 0.7 wordings of one question fall apart, at 0.8 questions begin to run into each other."""
NEAR_NOTHING = SMALL_TALK | DIALOGUE_MOVES | {OUT_OF_SCOPE}
"""A gap that is like one of these is like no entry."""
Distances = npt.NDArray[np.float64]


class Grouping:
    """Groups texts with one trained matcher, and remembers those it has read; used by one thread at a time."""

    def __init__(self, matcher: Matcher) -> None:
        self._encoder = _AskedOnce(matcher.encoder)
        self._matcher = matcher.with_encoder(self._encoder)
        self._middle, self._weights = _weights(matcher)
        self._phrases = [(text, label) for text, label in matcher.phrases if label not in NEAR_NOTHING]
        kept = np.array([label not in NEAR_NOTHING for _, label in matcher.phrases])
        self._known = self._weighed(matcher.phrase_vectors[kept])
        self._spans = spans_of([label for _, label in self._phrases])
        self._read: dict[str, tuple[Reading, Vectors]] = {}

    def group(self, texts: Sequence[str]) -> GroupedTexts:
        """The groups of at most ``MOST_GROUPED`` texts, and what the matcher makes of each text."""
        texts = texts[:MOST_GROUPED]
        if not texts:
            return GroupedTexts((), ())
        new = [text for text in dict.fromkeys(texts) if text not in self._read]
        for start in range(0, len(new), READ_AT_ONCE):
            # Remembered part by part: if nobody waits for the rest any more, who asks again need not begin anew.
            self._read |= self._made_of(new[start : start + READ_AT_ONCE])
        readings, vectors = zip(*(self._read[text] for text in texts))
        self._forget_all_but(texts)
        return GroupedTexts(_groups(_distances(np.stack(vectors))), readings)

    def _made_of(self, texts: Sequence[str]) -> dict[str, tuple[Reading, Vectors]]:
        asked = [whole_message(text) for text in texts]
        rankings = self._matcher.rank(asked)
        vectors = self._weighed(self._encoder.encode([self._matcher.spoken(text) for text in asked]))
        self._encoder.forget()
        alike = vectors @ self._known.T
        return {
            text: (self._reading(text, ranking, row), vector)
            for text, ranking, row, vector in zip(texts, rankings, alike, vectors)
        }

    def _weighed(self, vectors: Vectors) -> Vectors:
        weighed = (vectors - self._middle) @ self._weights
        unit: Vectors = (weighed / np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        return unit

    def _reading(self, text: str, ranking: Ranking, alike: Vectors) -> Reading:
        """With the label it would be given or offered, and its nearest phrase; else with the nearest phrase of all."""
        own = self._spans.get(ranking.best.label) if ranking.band is not Band.NONE else None
        place = (own.start if own else 0) + int(alike[own or slice(None)].argmax())
        matched, label = self._phrases[place]
        return Reading(label, float(np.clip(alike[place], 0.0, 1.0)), ranking.band, matched, language_of(text))

    def _forget_all_but(self, texts: Sequence[str]) -> None:
        """The texts asked for last are kept; of the others, only as many as there is room for."""
        if len(self._read) > MOST_REMEMBERED:
            self._read = {text: self._read[text] for text in texts}


class _AskedOnce(Encoder):
    """An encoder that encodes each text once, until it is told to forget: the matcher keeps no vectors."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}

    def is_common(self, word: str) -> bool:
        return self._encoder.is_common(word)

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        self._vectors |= zip(new, self._encoder.encode(new) if new else ())
        return np.stack([self._vectors[text] for text in texts])

    def forget(self) -> None:
        self._vectors.clear()


def _distances(vectors: Vectors) -> Distances:
    distances = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0).astype(np.float64)
    np.fill_diagonal(distances, 0.0)
    apart: Distances = distances
    return apart


def _weights(matcher: Matcher) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The middle of all phrases, and what makes the differences within the labels alike in all directions.

    Strangers are left out: they ask anything. Few phrases are evened out (Ledoit and Wolf 2004).
    """
    vectors = np.asarray(matcher.phrase_vectors, dtype=np.float64)
    labels = np.array([label for _, label in matcher.phrases])
    own = [vectors[labels == label] for label in matcher.labels if label != OUT_OF_SCOPE]
    within = np.concatenate([phrases - phrases.mean(axis=0) for phrases in own])
    covariance, _ = ledoit_wolf(within, assume_centered=True)
    spread, directions = np.linalg.eigh(covariance)
    return vectors.mean(axis=0), directions / np.sqrt(np.maximum(spread, 1e-9))


def _groups(distances: Distances) -> tuple[tuple[int, ...], ...]:
    """Numbers by group, in each the text nearest to all others first."""
    if len(distances) == 1:
        return ((0,),)
    joining = AgglomerativeClustering(
        n_clusters=None, affinity="precomputed", linkage="average", distance_threshold=APART
    )
    found = joining.fit_predict(distances)
    return tuple(_middle_first(np.flatnonzero(found == group), distances) for group in range(found.max() + 1))


def _middle_first(numbers: npt.NDArray[np.int64], distances: Distances) -> tuple[int, ...]:
    middle = numbers[distances[np.ix_(numbers, numbers)].sum(axis=1).argmin()]
    return (int(middle), *(int(number) for number in numbers if number != middle))
