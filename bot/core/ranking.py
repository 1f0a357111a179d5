"""What the matcher says of one text: labels with scores, the band, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bot.core.intents import OUT_OF_SCOPE


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
    def verdict(self) -> Candidate:
        """The best of all labels, the strangers' among them."""
        return self.best if self.best.score >= self.stranger_score else Candidate(OUT_OF_SCOPE, self.stranger_score)

    @property
    def is_strange(self) -> bool:
        """Turned away as what the promotion does not answer."""
        return self.band is Band.NONE and self.verdict.label == OUT_OF_SCOPE

    @property
    def margin(self) -> float:
        """How far the best label leads."""
        return self.best.score - self.candidates[1].score if len(self.candidates) > 1 else self.best.score

    def answered(self) -> Ranking:
        """The same ranking, to be answered: what the message says around it made it sure enough."""
        return replace(self, band=Band.ANSWER)

    def turned_away(self) -> Ranking:
        """The same ranking, without an answer: what it asks is nothing the promotion answers."""
        return replace(self, band=Band.NONE)

    def score_of(self, label: str) -> float:
        """The score of one label; 0 for one that is not ranked."""
        if label == OUT_OF_SCOPE:
            return self.stranger_score
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
