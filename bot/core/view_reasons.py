"""Why somebody at the desk looks at a customer's data: asked before it is shown, kept in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.core.plain_text import one_line

LONGEST_DETAIL = 200


class Occasion(str, Enum):
    """What made the agent look."""

    TICKET = "ticket"
    CALL = "call"
    PAYMENT = "payment"
    OTHER = "other"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Occasion.TICKET: "Customer's mail or ticket",
    Occasion.CALL: "Phone call",
    Occasion.PAYMENT: "Check of a payment",
    Occasion.OTHER: "Other",
}


@dataclass(frozen=True)
class ViewReason:
    """The occasion, and what the agent adds to it."""

    occasion: Occasion
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.occasion.words}: {self.detail}" if self.detail else self.occasion.words


def read_view_reason(occasion: str, detail: str) -> ViewReason | None:
    """The reason that was given; None if there is none, or "other" without saying what."""
    said = one_line(detail)[:LONGEST_DETAIL].strip()
    if occasion not in {one.value for one in Occasion}:
        return None
    if occasion == Occasion.OTHER.value and not said:
        return None
    return ViewReason(Occasion(occasion), said)
