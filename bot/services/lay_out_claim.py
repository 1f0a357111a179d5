"""Lay a claim out as a timeline: what is done, where it stands, what is ahead."""

from __future__ import annotations

from datetime import date

from bot.core.cards import Step, StepState, Timeline
from bot.core.claims import Claim, ClaimState
from bot.core.payment_timing import PaymentKind, PaymentOutlook
from bot.core.wording import Wording, long_date


def claim_timeline(claim: Claim, outlook: PaymentOutlook, wording: Wording) -> Timeline:
    """The claim's steps in their order, with their days as far as they are recorded."""
    submitted = _step("timeline_submitted", StepState.DONE, wording, claim.submitted_on)
    steps = (submitted, *_steps_after_submission(claim, outlook, wording))
    return Timeline(wording.say("timeline_title", reference=claim.reference), steps)


def _steps_after_submission(claim: Claim, outlook: PaymentOutlook, wording: Wording) -> tuple[Step, ...]:
    payment_ahead = Step(wording.say("timeline_payment"), StepState.AHEAD)
    validated = _step("timeline_validated", StepState.DONE, wording, claim.validated_on)
    match claim.state:
        case ClaimState.SUBMITTED:
            waiting = wording.say("timeline_waiting")
            return (Step(wording.say("timeline_validated"), StepState.CURRENT, waiting), payment_ahead)
        case ClaimState.MISSING_INFO:
            missing = Step(wording.say("timeline_missing_info"), StepState.STOPPED)
            return (missing, Step(wording.say("timeline_validated"), StepState.AHEAD), payment_ahead)
        case ClaimState.VALIDATED:
            return (validated, _payment(outlook, wording))
        case ClaimState.PAID:
            return (validated, _step("timeline_paid", StepState.DONE, wording, claim.paid_on))
        case ClaimState.REJECTED:
            return (_step("timeline_rejected", StepState.STOPPED, wording, claim.rejected_on),)


def _payment(outlook: PaymentOutlook, wording: Wording) -> Step:
    """The payment of a validated claim, by its days."""
    label = wording.say("timeline_payment")
    if outlook.kind is PaymentKind.OVERDUE:
        return Step(label, StepState.STOPPED, wording.say("timeline_overdue", day=outlook.since))
    if outlook.kind is PaymentKind.WITHIN_BANK_DAYS:
        return Step(label, StepState.CURRENT, wording.say("timeline_at_bank", day=outlook.bank_until))
    return Step(label, StepState.CURRENT, wording.say("timeline_due", day=outlook.due_by))


def _step(label: str, state: StepState, wording: Wording, day: date | None) -> Step:
    return Step(wording.say(label), state, long_date(day) if day else "")
