"""What a reply can be laid out as beside its text: the timeline of a claim, or a list of rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, Union

from bot.core.purchase_rules import Outcome


class StepState(str, Enum):
    """How far a step of a timeline has come."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"
    STOPPED = "stopped"
    """The claim ends or waits here, and something is wrong."""


@dataclass(frozen=True)
class Step:
    """One step of a timeline; ``detail`` says when, as far as it is known."""

    label: str
    state: StepState
    detail: str = ""


@dataclass(frozen=True)
class Timeline:
    """The way of a claim from its submission to its end."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class RuleLine:
    """One rule with its outcome; ``label`` names the rule and may be empty."""

    state: Outcome
    label: str
    text: str


@dataclass(frozen=True)
class RuleList:
    """The rules of a verdict; ``paragraph`` is the one of the reply's text that says the same, and can be replaced."""

    rules: tuple[RuleLine, ...]
    paragraph: str


Card = Union[Timeline, RuleList]


def card_as_dict(card: Card) -> dict[str, Any]:
    """Plain data for the wire; ``card_from_dict`` is its inverse."""
    kind = "timeline" if isinstance(card, Timeline) else "rules"
    return {"type": kind, **_plain(asdict(card))}


def card_from_dict(data: dict[str, Any]) -> Card:
    """Read what ``card_as_dict`` wrote; raises ``KeyError``, ``TypeError`` or ``ValueError`` on anything else."""
    if data["type"] == "timeline":
        steps = (Step(step["label"], StepState(step["state"]), step["detail"]) for step in data["steps"])
        return Timeline(data["title"], tuple(steps))
    if data["type"] == "rules":
        rules = (RuleLine(Outcome(rule["state"]), rule["label"], rule["text"]) for rule in data["rules"])
        return RuleList(tuple(rules), data["paragraph"])
    raise ValueError(f"there is no card of the type {data['type']!r}")


def rule_line(state: Outcome, line: str) -> RuleLine:
    """A line such as ``✓ Date: in the period`` in its parts; the mark is told by ``state``."""
    words = line[1:].lstrip() if line[:1] in "✓✗?" else line
    label, colon, text = words.partition(": ")
    return RuleLine(state, label, text) if colon else RuleLine(state, "", words)


def _plain(value: Any) -> Any:
    """Enumerations by their values, tuples as lists."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value
