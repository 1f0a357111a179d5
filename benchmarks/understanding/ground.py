"""Phrases as the matcher prepares them, for variants that learn from them in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse

from benchmarks.understanding.material import Material
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import Features
from bot.matching.normalise import normalise
from bot.matching.ridge import Truth
from bot.matching.spelling import Spelling
from bot.matching.waits import mark_wait


@dataclass(frozen=True)
class Texts:
    """Texts as they are compared: by their meaning, and by their letters and words."""

    vectors: Vectors
    surface: sparse.csr_matrix


@dataclass(frozen=True)
class Ground:
    """The phrases, and all that is learnt from them before the labels matter."""

    labels: list[str]
    texts: list[str]
    """The phrases as they were learnt; a label's stand together."""
    truth: Truth
    """The number of each phrase's label."""
    phrases: Texts
    features: Features
    _encoder: Encoder
    _spelling: Spelling
    _long_wait: int | None

    @classmethod
    def of(cls, material: Material, encoder: Encoder) -> Ground:
        """The same steps as in ``Matcher.fit``."""
        spoken = dict.fromkeys((normalise(text), label) for text, label in material.phrases)
        phrases = sorted(spoken, key=lambda phrase: phrase[1])
        texts = [text for text, _ in phrases]
        labels = sorted({label for _, label in phrases})
        vectors = encoder.encode(texts)
        features = Features.learn(texts, vectors)
        surface = features.surfaces([mark_wait(text, material.long_wait) for text in texts])
        truth = np.array([labels.index(label) for _, label in phrases])
        spelling = Spelling.learn(texts, encoder.is_common)
        return cls(labels, texts, truth, Texts(vectors, surface), features, encoder, spelling, material.long_wait)

    def read(self, texts: Sequence[str]) -> Texts:
        """Messages as they are compared with the phrases: normalised and repaired."""
        spoken = [self._spelling.repair(normalise(text)) for text in texts]
        marked = [mark_wait(text, self._long_wait) for text in spoken]
        return Texts(self._encoder.encode(spoken), self.features.surfaces(marked))
