"""Claims to test with, one for every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.core.claims import Claim, ClaimLine, ClaimState

SUBMITTED = Claim(
    reference="LEN-615204",
    email="kontor@birkvik.example",
    state=ClaimState.SUBMITTED,
    submitted_on=date(2023, 10, 2),
    lines=(ClaimLine("Harbour Dock", 2, Decimal("250.00")), ClaimLine("Lark Webcam", 1)),
    company="Birkvik Optik",
)
MISSING_INFO = replace(SUBMITTED, state=ClaimState.MISSING_INFO, reason="The bank details are incomplete")
VALIDATED = replace(SUBMITTED, state=ClaimState.VALIDATED, validated_on=date(2024, 1, 10))
PAID = replace(VALIDATED, state=ClaimState.PAID, paid_on=date(2024, 2, 15))
REJECTED = replace(
    SUBMITTED,
    state=ClaimState.REJECTED,
    rejected_on=date(2023, 10, 20),
    reason="The invoice is made out to another company.",
)
