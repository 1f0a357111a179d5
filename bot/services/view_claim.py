"""Show an agent a claim with all that follows from it, once the audit log has it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.agents import Agent
from bot.core.cards import Timeline
from bot.core.claims import Claim
from bot.core.payment_forecast import ForecastDay, payment_forecast
from bot.core.payment_timing import PaymentOutlook
from bot.core.plain_text import one_line
from bot.core.references import find_claim_references
from bot.core.replies import Reply
from bot.core.view_reasons import ViewReason
from bot.services.claims_desk import ClaimsDesk
from bot.services.lay_out_claim import claim_timeline
from bot.services.look_up_claim import outlook_of
from bot.services.tell_claim import tell_payment, tell_status

SEEN = "claim_seen"
"""The audit log's action for a claim that was shown."""


@dataclass(frozen=True)
class ClaimView:
    """A claim as an agent sees it."""

    claim: Claim
    outlook: PaymentOutlook
    timeline: Timeline
    forecast: tuple[ForecastDay, ...]
    """Empty while there is nothing to count from."""
    told_of_state: Reply
    """What the chat says to the customer who asks where the claim stands."""
    told_of_payment: Reply
    """And when the money comes."""


def view_claim(written: str, *, desk: ClaimsDesk, agent: Agent, reason: ViewReason) -> ClaimView | None:
    """The claim with this reference, however it is spelt; None if there is none. Raises ``Unavailable``."""
    claim = _find(written, desk)
    if claim is None:
        return None
    desk.audit.note(agent, SEEN, claim.reference, str(reason), desk.clock.now())
    outlook = outlook_of(claim, desk.promotion, desk.clock.today())
    return ClaimView(
        claim,
        outlook,
        claim_timeline(claim, outlook, desk.wording),
        payment_forecast(claim, desk.promotion),
        tell_status(claim, outlook, desk.wording),
        tell_payment(claim, outlook, desk.wording),
    )


def _find(written: str, desk: ClaimsDesk) -> Claim | None:
    references = find_claim_references(one_line(written), desk.promotion.claim_reference, bare=True)
    return desk.claims.find(references[0].value) if references else None
