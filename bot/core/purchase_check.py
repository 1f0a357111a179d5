"""A purchase under check: what was told of it, and how often was asked for what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core.eligibility import Missing
from bot.core.purchase import Purchase

MOST_ASKED = 3
"""A detail is asked for, and twice again. Whoever has not told it by then cannot, or wants something else."""
_ASKED, _JUDGED = "asked", "judged"


@dataclass(frozen=True)
class PurchaseCheck:
    """What a conversation remembers of a purchase."""

    purchase: Purchase = field(default_factory=Purchase)
    asked: Mapping[str, int] = field(default_factory=dict)
    """How often was asked for what is missing, by the value of ``Missing``."""
    was_judged: bool = False
    """A verdict was told: what is told now corrects it."""

    @property
    def in_vain(self) -> frozenset[Missing]:
        """What was asked for often enough."""
        return frozenset(missing for missing in Missing if self.asked.get(missing.value, 0) >= MOST_ASKED)

    def was_asked_for(self, missing: Missing) -> bool:
        """Whether the customer was asked for it at all."""
        return self.asked.get(missing.value, 0) > 0

    def after_asking_for(self, missing: Iterable[Missing]) -> PurchaseCheck:
        """The check when these are asked for once more."""
        more = {one.value: self.asked.get(one.value, 0) + 1 for one in missing}
        return replace(self, asked={**self.asked, **more})

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; ``from_dict`` is its inverse."""
        return {**self.purchase.as_dict(), _ASKED: dict(self.asked), _JUDGED: self.was_judged}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> PurchaseCheck:
        """Read what ``as_dict`` wrote, or nothing at all; raises ``ValueError`` for values that cannot be."""
        data = data or {}
        return cls(Purchase.from_dict(data), data.get(_ASKED) or {}, bool(data.get(_JUDGED)))
