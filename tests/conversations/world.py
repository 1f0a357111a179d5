"""Claims and products for conversations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.core.claims import Claim, ClaimLine, ClaimState
from bot.services.ports import Product

WEBCAM = Product("4XC0WEB111", "Lenovo Essential FHD Webcam", "Webcam")
VERTICAL_MOUSE = Product("4Y5VERT222", "Lenovo Go Wireless Vertical Mouse", "Mouse")
SILENT_MOUSE = Product("4Y5BTSM555", "ThinkPad Bluetooth Silent Mouse", "Mouse")
P24 = Product("62P24H3333", "ThinkVision P24h-30 Monitor", "Monitor")
HUB = Product("4X9HUB4444", "Lenovo USB-C Travel Hub Gen 2", "Dock")
PRODUCTS = (WEBCAM, VERTICAL_MOUSE, SILENT_MOUSE, P24, HUB)


def claim(
    reference: str,
    email: str,
    submitted_on: date,
    *,
    validated_on: date | None = None,
    paid_on: date | None = None,
    rejected_on: date | None = None,
    missing: str = "",
    reason: str = "",
    lines: tuple[ClaimLine, ...] = (ClaimLine("Marlow Dock", 2, Decimal("417.50")),),
) -> Claim:
    """A claim in the state its dates and reasons make it."""
    states = (
        (bool(rejected_on), ClaimState.REJECTED),
        (bool(missing), ClaimState.MISSING_INFO),
        (bool(paid_on), ClaimState.PAID),
        (bool(validated_on), ClaimState.VALIDATED),
    )
    return Claim(
        reference=reference,
        email=email,
        state=next((state for holds, state in states if holds), ClaimState.SUBMITTED),
        submitted_on=submitted_on,
        validated_on=validated_on,
        paid_on=paid_on,
        rejected_on=rejected_on,
        reason=missing or reason,
        lines=lines,
        company="Sletten Handel",
    )
