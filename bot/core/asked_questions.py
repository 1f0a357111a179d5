"""What a mail asks, question by question, with the figures that decided how each was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.ranking import Band, Candidate


@dataclass(frozen=True)
class AskedQuestion:
    """One question of a mail as ``bot.core.explanations.explain`` tells it; ``candidates`` are best first, never empty."""

    text: str
    band: Band
    margin: float
    no_answer_score: float
    answer_threshold: float
    familiar_threshold: float
    why: str
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        return self.candidates[0]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> AskedQuestion:
        """Read what ``explain`` wrote; raises ``KeyError``, ``TypeError`` or ``ValueError`` on anything else."""
        candidates = tuple(
            Candidate(str(one["label"]), float(one["score"]), str(one["matched"])) for one in data["candidates"]
        )
        if not candidates:
            raise ValueError("a question without candidates")
        figures = ("margin", "no_answer_score", "answer_threshold", "familiar_threshold")
        return cls(
            text=str(data["text"]),
            band=Band(data["band"]),
            why=str(data["why"]),
            candidates=candidates,
            **{name: float(data[name]) for name in figures},
        )


@dataclass(frozen=True)
class ReadMail:
    """A mail as it was understood: its language, and its questions in their order."""

    language: str
    questions: tuple[AskedQuestion, ...]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ReadMail:
        """Read the answer of the Rasa channel; raises ``KeyError``, ``TypeError`` or ``ValueError`` on anything else."""
        return cls(str(data["language"]), tuple(AskedQuestion.from_dict(one) for one in data["questions"]))
