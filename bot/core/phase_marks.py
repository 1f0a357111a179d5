"""The days on which the promotion goes over into its next phase, to be marked where days are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.core.periods import Period
from bot.core.promotion import DatedFact, Promotion


class Turn(str, Enum):
    """What happens on a marked day."""

    PURCHASES_BEGIN = "purchases_begin"
    PURCHASES_END = "purchases_end"
    CLAIMS_END = "claims_end"


@dataclass(frozen=True)
class PhaseMark:
    """A first or last day; ``is_disputed`` where the page gives another one too."""

    day: date
    turn: Turn
    is_disputed: bool

    @property
    def is_at_the_end(self) -> bool:
        """Whether the day itself still belongs to the phase before."""
        return self.turn is not Turn.PURCHASES_BEGIN


def phase_marks(promotion: Promotion, period: Period) -> list[PhaseMark]:
    """The turns within a period, in their order, every reading of a disputed date among them."""
    marks = [
        *_marks(promotion.purchases_from, Turn.PURCHASES_BEGIN),
        *_marks(promotion.purchases_until, Turn.PURCHASES_END),
        *_marks(promotion.claims_until, Turn.CLAIMS_END),
    ]
    return sorted((mark for mark in marks if period.first <= mark.day <= period.last), key=lambda mark: mark.day)


def _marks(fact: DatedFact, turn: Turn) -> list[PhaseMark]:
    return [PhaseMark(reading.value, turn, fact.is_disputed) for reading in fact.readings]
