"""What the matcher says of one text: labels with scores, the band, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Band(str, Enum):
    """What to do with the best label: give its answer, offer a choice, or say that there is none."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True)
class Candidate:
    """A label with its calibrated score and the training phrase nearest to the text."""

    label: str
    score: float
    matched: str = ""


@dataclass(frozen=True)
class Ranking:
    """The labels for one text, best first, strangers' label left out."""

    text: str
    candidates: tuple[Candidate, ...]
    band: Band
    stranger_score: float
    """Probability that the text asks for something the promotion does not answer."""

    @property
    def best(self) -> Candidate:
        return self.candidates[0]

    @property
    def margin(self) -> float:
        """How far the best label leads."""
        return self.best.score - self.candidates[1].score if len(self.candidates) > 1 else self.best.score

    def answered(self) -> Ranking:
        """The same ranking, to be answered: what the message says around it made it sure enough."""
        return replace(self, band=Band.ANSWER)

    def score_of(self, label: str) -> float:
        """The score of one label; 0 for one that is not ranked."""
        return next((candidate.score for candidate in self.candidates if candidate.label == label), 0.0)

    def led_by(self, label: str, score: float) -> Ranking:
        """The same ranking with another label in front, to be answered."""
        first = next(candidate for candidate in self.candidates if candidate.label == label)
        others = tuple(candidate for candidate in self.candidates if candidate.label != label)
        return replace(self, candidates=(replace(first, score=score), *others), band=Band.ANSWER)

    def without(self, labels: frozenset[str]) -> Ranking:
        """The same ranking among the other labels; the band stays only if the best label stays."""
        kept = tuple(candidate for candidate in self.candidates if candidate.label not in labels)
        band = self.band if kept[0] == self.best else Band.NONE
        return Ranking(self.text, kept, band, self.stranger_score)
