"""What a text is compared by: its sentence vector, and its letters and words against misspellings and rare terms.

The letters matter: beside the sentence vector they moved the development questions from 87 to 91 % right
(`benchmarks/understanding`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.matching.encoder import Encoder, Vectors

_CHANNELS: dict[str, dict[str, Any]] = {
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 4), "min_df": 3},
    "words": {"analyzer": "word", "ngram_range": (1, 2), "min_df": 2, "token_pattern": r"(?u)\b\w+\b"},
}
_FILE = "features.json"


class Features:
    """Texts (normalised) to sparse rows: sentence vector, letter n-grams, words."""

    def __init__(self, encoder: Encoder, channels: dict[str, TfidfVectorizer] | None = None) -> None:
        self._encoder = encoder
        self._channels = channels or {}

    @property
    def encoder(self) -> Encoder:
        return self._encoder

    def fit(self, texts: Sequence[str]) -> None:
        """Learn which letters and words there are, and how telling each is."""
        self._channels = {}
        for name, options in _CHANNELS.items():
            channel = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **options)
            channel.fit(texts)
            self._channels[name] = channel

    def transform(self, texts: Sequence[str], vectors: Vectors) -> sparse.csr_matrix:
        """One row for each text; ``vectors`` are the encoder's for the same texts."""
        parts = [sparse.csr_matrix(vectors)]
        parts += [channel.transform(texts) for channel in self._channels.values()]
        return sparse.hstack(parts).tocsr()

    def save(self, folder: Path) -> None:
        """Write vocabulary and weights as JSON: nothing in a model is executable."""
        data = {}
        for name, channel in self._channels.items():
            terms = sorted(channel.vocabulary_, key=channel.vocabulary_.__getitem__)
            data[name] = {"terms": terms, "weights": [round(float(weight), 6) for weight in channel.idf_]}
        (folder / _FILE).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Features:
        data = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        channels = {}
        for name, stored in data.items():
            vocabulary = {term: index for index, term in enumerate(stored["terms"])}
            options = {key: value for key, value in _CHANNELS[name].items() if key != "min_df"}
            channel = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary, **options)
            channel.idf_ = np.array(stored["weights"], dtype=np.float32)
            channels[name] = channel
        return cls(encoder, channels)
