"""Counts what came of the messages of customers, from all that was said, passed by once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Optional

from bot.core.insights import IN_ORDER, WEIGHTS, Outcome, OutcomeCount, QuestionCount

Said = tuple[str, Optional[str], Optional[int], Optional[str]]
"""One message: its conversation; for a customer's its day (``2023-12-15``); for a reply its weight (``WEIGHTS``) and its entry."""


@dataclass(frozen=True)
class Turns:
    """What came of the messages of customers, the entries given, and the conversations in which the way to a person was shown."""

    outcomes: tuple[OutcomeCount, ...]
    questions: tuple[QuestionCount, ...]
    handed_off: frozenset[str]


def count_turns(said: Iterable[Said], last: date) -> Turns:
    """Counts up to a last day, from everything that was said, in its order; conversations may be mixed.

    A reply before any message of its conversation answers one of an earlier day, and is left out. The way to a person counts for
    its conversation after the last day too.
    """
    turns: Counter[tuple[str, int]] = Counter()
    open_turns: dict[str, tuple[str, int]] = {}
    given: set[tuple[str, str]] = set()
    handed_off = set()
    unanswered, last_day = -1, last.isoformat()
    for conversation, day, weight, faq_id in said:
        if day is not None:
            if conversation in open_turns:
                turns[open_turns[conversation]] += 1
            open_turns[conversation] = day, unanswered
        elif weight is not None and conversation in open_turns:
            begun, heaviest = open_turns[conversation]
            open_turns[conversation] = begun, max(weight, heaviest)
            if faq_id is not None and begun <= last_day:
                given.add((faq_id, conversation))
            if weight == WEIGHTS[Outcome.HANDED_OFF]:
                handed_off.add(conversation)
    turns.update(open_turns.values())
    questions = Counter(faq_id for faq_id, _ in given)
    return Turns(
        _outcome_counts(turns, last),
        tuple(QuestionCount(*counted) for counted in sorted(questions.items(), key=lambda one: (-one[1], one[0]))),
        frozenset(handed_off),
    )


def _outcome_counts(turns: Mapping[tuple[str, int], int], last: date) -> tuple[OutcomeCount, ...]:
    outcomes = {weight: outcome for outcome, weight in WEIGHTS.items()}
    counts: Counter[tuple[date, Outcome]] = Counter()
    for (day, weight), count in turns.items():
        counts[date.fromisoformat(day), outcomes.get(weight, Outcome.NONE)] += count
    ordered = sorted(counts.items(), key=lambda counted: (counted[0][0], IN_ORDER.index(counted[0][1])))
    return tuple(OutcomeCount(*key, count) for key, count in ordered if key[0] <= last)
