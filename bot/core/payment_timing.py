"""When the money of a claim comes, as far as the record and the promotion's days say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.core.claims import Claim, ClaimState


class PaymentKind(str, Enum):
    """Where a claim's payment stands on a given day."""

    NOT_VALIDATED = "not_validated"
    MISSING_INFO = "missing_info"
    WITHIN_PAYMENT_DAYS = "within_payment_days"
    WITHIN_BANK_DAYS = "within_bank_days"
    OVERDUE = "overdue"
    PAID = "paid"
    REJECTED = "rejected"


@dataclass(frozen=True)
class PaymentOutlook:
    """What can be said of a claim's payment today; days are calendar days after validation."""

    kind: PaymentKind
    payment_days: int
    bank_days: int
    contact_after_days: int
    due_by: date | None = None
    """Last day of the payment days; on it the payment is still in time. Only for a validated claim."""
    bank_until: date | None = None
    """Last of the bank's extra days. Only for a validated claim."""
    contact_after: date | None = None
    """Last day of waiting: from the next day on, customer service is the way. Only for a validated claim."""
    on: date | None = None
    """The day of payment or rejection."""
    reason: str = ""

    @property
    def since(self) -> date | None:
        """The first day on which the payment was overdue, if it is."""
        if self.kind is PaymentKind.OVERDUE and self.contact_after:
            return self.contact_after + timedelta(days=1)
        return None


_KINDS_WITHOUT_DAYS = {
    ClaimState.SUBMITTED: PaymentKind.NOT_VALIDATED,
    ClaimState.MISSING_INFO: PaymentKind.MISSING_INFO,
    ClaimState.PAID: PaymentKind.PAID,
    ClaimState.REJECTED: PaymentKind.REJECTED,
}


def payment_outlook(
    claim: Claim, today: date, payment_days: int, bank_days: int, contact_after_days: int
) -> PaymentOutlook:
    """Count calendar days from the validation of this claim; raises ``ValueError`` for a validated claim without its date."""
    kind = _KINDS_WITHOUT_DAYS.get(claim.state)
    if kind is not None:
        on = {PaymentKind.PAID: claim.paid_on, PaymentKind.REJECTED: claim.rejected_on}.get(kind)
        return PaymentOutlook(kind, payment_days, bank_days, contact_after_days, on=on, reason=claim.reason)
    if claim.validated_on is None:
        raise ValueError("a claim is validated but has no date of validation")
    due_by = claim.validated_on + timedelta(days=payment_days)
    contact_after = claim.validated_on + timedelta(days=contact_after_days)
    if today <= due_by:
        kind = PaymentKind.WITHIN_PAYMENT_DAYS
    elif today <= contact_after:
        kind = PaymentKind.WITHIN_BANK_DAYS
    else:
        kind = PaymentKind.OVERDUE
    return PaymentOutlook(
        kind,
        payment_days,
        bank_days,
        contact_after_days,
        due_by=due_by,
        bank_until=due_by + timedelta(days=bank_days),
        contact_after=contact_after,
    )
