"""A variant that takes the approved answers as evidence too: a question is often near the words of its answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.understanding.matchers import MatcherModel, learn_chosen
from benchmarks.understanding.material import Material
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.matching.calibration import Scores
from bot.matching.encoder import Encoder
from bot.matching.normalise import normalise

ANSWER_SHARE = 0.5


class AnswersModel:
    """The chosen model's scores, and half the cosine to the answer for each label that has one."""

    def __init__(self, chosen: MatcherModel, answers: dict[str, str], encoder: Encoder) -> None:
        self.labels = chosen.labels
        self._chosen = chosen
        self._encoder = encoder
        self._columns = [place for place, label in enumerate(self.labels) if label in answers]
        self._vectors = encoder.encode([normalise(answers[self.labels[place]]) for place in self._columns])

    def scores(self, texts: Sequence[str]) -> Scores:
        spoken = [self._chosen.matcher.spoken(text) for text in texts]
        cosines = self._encoder.encode(spoken) @ self._vectors.T
        scores = self._chosen.scores(texts)
        # Against the mean over the answers, so that labels without an answer are neither favoured nor put back.
        scores[:, self._columns] += ANSWER_SHARE * (cosines - cosines.mean(axis=1, keepdims=True))
        return scores

    def size(self) -> int:
        return self._chosen.size() + int(np.asarray(self._vectors).nbytes)


def learn_with_answers(material: Material, encoder: TimedEncoder) -> AnswersModel:
    return AnswersModel(learn_chosen(material, encoder), dict(material.answers), encoder)
