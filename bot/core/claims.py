"""A customer's claim: its state, its lines, and how its reference is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum


class ClaimState(str, Enum):
    """Where a claim stands."""

    SUBMITTED = "submitted"
    MISSING_INFO = "missing_info"
    VALIDATED = "validated"
    PAID = "paid"
    REJECTED = "rejected"


@dataclass(frozen=True)
class ClaimLine:
    """One product of a claim."""

    product: str
    quantity: int
    amount: Decimal | None = None


@dataclass(frozen=True)
class Claim:
    """A claim as it is recorded; several lines under one reference are one claim."""

    reference: str
    email: str
    state: ClaimState
    submitted_on: date
    lines: tuple[ClaimLine, ...]
    company: str = ""
    validated_on: date | None = None
    paid_on: date | None = None
    rejected_on: date | None = None
    reason: str = ""
    invoice_number: str = ""
    """As the invoice has it; empty where it is not recorded."""

    @property
    def amount(self) -> Decimal | None:
        """What all lines come to; None if no line has an amount."""
        amounts = [line.amount for line in self.lines if line.amount is not None]
        return sum(amounts, Decimal()) if amounts else None
