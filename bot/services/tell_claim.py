"""Put a look-up into words: what is still needed, what failed, where a claim stands, when its money comes."""

from __future__ import annotations

from bot.core.claims import Claim, ClaimState
from bot.core.contact_form import contact_form
from bot.core.payment_timing import PaymentKind, PaymentOutlook
from bot.core.promotion import ReferenceFormat
from bot.core.replies import Reply, ReplyKind
from bot.core.wording import Wording
from bot.services.find_claim import LookupOutcome, LookupResult
from bot.services.lay_out_claim import claim_timeline

_ASKING = {
    LookupResult.NEED_REFERENCE: "ask_claim_reference",
    LookupResult.NEED_EMAIL: "ask_claim_email",
    LookupResult.NEED_BOTH: "ask_claim_details",
}
_FAILING = {
    LookupResult.NOT_FOUND: "claim_not_found",
    LookupResult.TOO_MANY_ATTEMPTS: "claim_lookup_locked",
}
_DAYS_RUN = (PaymentKind.WITHIN_PAYMENT_DAYS, PaymentKind.WITHIN_BANK_DAYS, PaymentKind.OVERDUE)
_NOTHING_TO_ASK = (PaymentKind.NOT_VALIDATED, PaymentKind.WITHIN_PAYMENT_DAYS)
_REASON_MATTERS = (ClaimState.MISSING_INFO, ClaimState.REJECTED)


def tell_without_claim(outcome: LookupOutcome, wording: Wording, reference_format: ReferenceFormat) -> Reply:
    """The reply to a look-up that found nothing to tell: it asks for what is missing, or says that it failed."""
    if outcome.result in _ASKING:
        return ask_for_details(outcome.result, wording, reference_format)
    if outcome.result in _FAILING:
        return Reply(ReplyKind.LOOKUP, wording.say(_FAILING[outcome.result]), links=(contact_form(wording),))
    raise ValueError("a found claim is told by tell_status or tell_payment")


def ask_for_details(needed: LookupResult, wording: Wording, reference_format: ReferenceFormat) -> Reply:
    """Ask for the reference, the address or both, and for nothing that was given; also to come back to a look-up."""
    return Reply(ReplyKind.QUESTION, wording.say(_ASKING[needed], reference_format=reference_format))


def tell_unavailable(wording: Wording) -> Reply:
    """The claims cannot be reached; the customer still gets a way on."""
    return Reply(ReplyKind.NOTICE, wording.say("claim_lookup_unavailable"), links=(contact_form(wording),))


def tell_status(claim: Claim, outlook: PaymentOutlook, wording: Wording) -> Reply:
    """Where the claim stands and what happens next."""
    told = _say(f"claim_{claim.state.value}", claim, outlook, wording)
    return _lookup_reply(told, claim, outlook, wording)


def tell_payment(claim: Claim, outlook: PaymentOutlook, wording: Wording) -> Reply:
    """When the money comes, as far as it can be said."""
    opening = "payment_claim_validated" if outlook.kind in _DAYS_RUN else f"payment_{outlook.kind.value}"
    told = _say(opening, claim, outlook, wording)
    return _lookup_reply(told, claim, outlook, wording)


def _lookup_reply(told: str, claim: Claim, outlook: PaymentOutlook, wording: Wording) -> Reply:
    if outlook.kind in _DAYS_RUN:
        days = wording.say(
            f"payment_{outlook.kind.value}",
            due_by=outlook.due_by,
            bank_until=outlook.bank_until,
            contact_after=outlook.contact_after,
            payment_days=outlook.payment_days,
            bank_days=outlook.bank_days,
        )
        told = f"{told} {days}"
    links = () if outlook.kind in _NOTHING_TO_ASK else (contact_form(wording),)
    return Reply(ReplyKind.LOOKUP, told, links=links, card=claim_timeline(claim, outlook, wording))


def _say(key: str, claim: Claim, outlook: PaymentOutlook, wording: Wording) -> str:
    reason = claim.reason.strip()
    if claim.state in _REASON_MATTERS and not reason:
        key += "_without_reason"
    return wording.say(
        key,
        reference=claim.reference,
        products=_products(claim, wording),
        submitted_on=claim.submitted_on,
        validated_on=claim.validated_on,
        paid_on=claim.paid_on,
        rejected_on=claim.rejected_on,
        reason=reason if reason.endswith((".", "!", "?")) else f"{reason}.",
        payment_days=outlook.payment_days,
    )


def _products(claim: Claim, wording: Wording) -> str:
    """All lines as one claim, the same product on several lines counted together."""
    quantities: dict[str, int] = {}
    for line in claim.lines:
        quantities[line.product] = quantities.get(line.product, 0) + line.quantity
    listed = ", ".join(
        wording.say("claim_product", quantity=quantity, product=product) for product, quantity in quantities.items()
    )
    if len(quantities) < 2:
        return listed
    return wording.say("claim_several_products", count=sum(quantities.values()), products=listed)
