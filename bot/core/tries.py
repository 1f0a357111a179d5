"""A try of a proposal: what the content's check and the evaluation say with it and without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any

FEWER_IS_BETTER = frozenset({"refused"})


class TryState(str, Enum):
    """Where a try stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        return self in (TryState.DONE, TryState.FAILED)


@dataclass(frozen=True)
class Outcome:
    """What a question gets: the labels in the order asked, and the band."""

    labels: tuple[str, ...]
    band: str


@dataclass(frozen=True)
class ChangedQuestion:
    """A question that is handled otherwise with the proposal."""

    text: str
    wanted: tuple[str, ...]
    before: Outcome
    after: Outcome
    turns: bool
    """Whether it turns from wrong to right or back; else it is only answered more or less surely."""
    concerns: bool
    """Whether it has to do with what is proposed; any training moves some others that lie at the edge."""


@dataclass(frozen=True)
class FigureChange:
    """A figure without the proposal and with it, as counts."""

    name: str
    hits_before: int
    hits_after: int
    of: int

    @property
    def is_worse(self) -> bool:
        change = self.hits_after - self.hits_before
        return change > 0 if self.name in FEWER_IS_BETTER else change < 0


@dataclass(frozen=True)
class Comparison:
    """One set of labelled questions, asked without the proposal and with it."""

    questions: str
    """The name of its file."""
    count: int
    figures: tuple[FigureChange, ...]
    better: tuple[ChangedQuestion, ...]
    worse: tuple[ChangedQuestion, ...]
    undercut: tuple[str, ...]
    """The bounds that are not kept with the proposal and were without it."""


@dataclass(frozen=True)
class PhraseOutcome:
    """What one of the proposal's own phrases gets, and would get."""

    text: str
    before: Outcome
    after: Outcome


@dataclass(frozen=True)
class TryResult:
    """Everything a try found out."""

    label: str
    """What the proposal's phrases are to be taken for."""
    new_findings: tuple[str, ...]
    gone_findings: tuple[str, ...]
    stops_content: bool
    """Whether the check finds an error that was not there before: such content must not be used."""
    comparisons: tuple[Comparison, ...]
    phrases: tuple[PhraseOutcome, ...]
    seconds: int

    @property
    def better(self) -> tuple[ChangedQuestion, ...]:
        return tuple(question for one in self.comparisons for question in one.better)

    @property
    def worse(self) -> tuple[ChangedQuestion, ...]:
        return tuple(question for one in self.comparisons for question in one.worse)

    @property
    def undercut(self) -> tuple[str, ...]:
        return tuple(f"{one.questions}: {bound}" for one in self.comparisons for bound in one.undercut)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; ``from_dict`` is its inverse."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TryResult:
        return cls(
            label=data["label"],
            new_findings=tuple(data["new_findings"]),
            gone_findings=tuple(data["gone_findings"]),
            stops_content=data["stops_content"],
            comparisons=tuple(map(_comparison, data["comparisons"])),
            phrases=tuple(
                PhraseOutcome(one["text"], _outcome(one["before"]), _outcome(one["after"])) for one in data["phrases"]
            ),
            seconds=data["seconds"],
        )


@dataclass(frozen=True)
class Try:
    """One try of a proposal as it is kept."""

    id: int
    proposal: int
    state: TryState
    progress: str
    """What it is doing, in words."""
    asked_by: str
    asked_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    problem: str = ""
    """Why it failed."""
    result: TryResult | None = None


def _outcome(data: Mapping[str, Any]) -> Outcome:
    return Outcome(tuple(data["labels"]), data["band"])


def _changed(data: Mapping[str, Any]) -> ChangedQuestion:
    before, after = _outcome(data["before"]), _outcome(data["after"])
    return ChangedQuestion(data["text"], tuple(data["wanted"]), before, after, data["turns"], data["concerns"])


def _comparison(data: Mapping[str, Any]) -> Comparison:
    return Comparison(
        questions=data["questions"],
        count=data["count"],
        figures=tuple(FigureChange(**one) for one in data["figures"]),
        better=tuple(map(_changed, data["better"])),
        worse=tuple(map(_changed, data["worse"])),
        undercut=tuple(data["undercut"]),
    )
