"""What looking at claims needs beside the customers' own look-up: finding them by what an agent knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from bot.core.claims import ClaimState


@dataclass(frozen=True)
class ListedClaim:
    """A claim as a list shows it."""

    reference: str
    email: str
    company: str
    state: ClaimState
    submitted_on: date
    amount: Decimal | None
    """What all its lines come to; None if none of them has an amount."""


@dataclass(frozen=True)
class FoundClaims:
    """The newest claims that were found, and how many there are altogether."""

    claims: tuple[ListedClaim, ...] = ()
    count: int = 0


class ClaimSearch(Protocol):
    """The claims database, read only; everything is given in the form that is compared."""

    def by_keys(self, references: Sequence[str], emails: Sequence[str], invoice_number: str, limit: int) -> FoundClaims:
        """Claims with one of these references, addresses or this number, the newest first. Raises ``Unavailable``."""

    def by_company(self, part: str, limit: int) -> FoundClaims:
        """Claims whose company's name holds this, the newest first. Raises ``Unavailable``."""
