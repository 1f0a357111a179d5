"""A claim is shown with all that follows from it, after the audit log has it and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.audit import SqlAudit
from bot.adapters.sql.import_claims import import_claims
from bot.core.agents import Agent
from bot.core.claims import Claim
from bot.core.payment_timing import payment_outlook
from bot.core.view_reasons import Occasion, ViewReason
from bot.services.claims_desk import ClaimsDesk
from bot.services.lay_out_claim import claim_timeline
from bot.services.ports import Unavailable
from bot.services.tell_claim import tell_payment, tell_status
from bot.services.view_claim import SEEN, ClaimView, view_claim
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED

PAYMENT = ViewReason(Occasion.PAYMENT)
ALL = (SUBMITTED, MISSING_INFO, replace(VALIDATED, validated_on=date(2023, 11, 1)), PAID, REJECTED)


def view(desk: ClaimsDesk, agent: Agent, written: str) -> ClaimView | None:
    return view_claim(written, desk=desk, agent=agent, reason=PAYMENT)


@pytest.mark.parametrize("claim", ALL, ids=lambda claim: claim.state.value)
def test_it_says_just_what_the_chat_says(
    claims_desk: ClaimsDesk, claims_database: Engine, agent: Agent, claim: Claim
) -> None:
    import_claims(claims_database, claims_desk.promotion.key, [claim])
    outlook = payment_outlook(claim, date(2023, 12, 15), 45, 5, 50)
    shown = view(claims_desk, agent, claim.reference)
    assert shown is not None and shown.claim == claim
    assert shown.timeline == claim_timeline(claim, outlook, claims_desk.wording)
    assert shown.told_of_state == tell_status(claim, outlook, claims_desk.wording)
    assert shown.told_of_payment == tell_payment(claim, outlook, claims_desk.wording)


def test_each_view_is_noted(
    claims_desk: ClaimsDesk, claims_database: Engine, desk_database: Engine, agent: Agent
) -> None:
    import_claims(claims_database, claims_desk.promotion.key, [SUBMITTED])
    for written in ("LEN-615204", "len 615 204", "615204"):
        assert view(claims_desk, agent, written) is not None
    entries = SqlAudit(desk_database).entries(limit=9)
    assert [(entry.action, entry.subject, entry.why) for entry in entries] == [(SEEN, "LEN-615204", "Check of a payment")] * 3  # fmt: skip


@pytest.mark.parametrize("written", ["LEN-999999", "LEN-61520", "", "%", "\0", "\ud800", "x" * 10_000, "615204'"])
def test_no_other_reference_shows_anything(
    claims_desk: ClaimsDesk, claims_database: Engine, desk_database: Engine, agent: Agent, written: str
) -> None:
    import_claims(claims_database, claims_desk.promotion.key, [replace(SUBMITTED, reference="LEN-111111")])
    assert view(claims_desk, agent, written) is None
    assert SqlAudit(desk_database).entries(limit=9) == []


def test_what_cannot_be_noted_is_not_shown(
    claims_desk: ClaimsDesk, claims_database: Engine, desk_database: Engine, agent: Agent
) -> None:
    import_claims(claims_database, claims_desk.promotion.key, [SUBMITTED])
    with desk_database.begin() as connection:
        connection.execute(text("DROP TABLE audit"))
    with pytest.raises(Unavailable):
        view(claims_desk, agent, "LEN-615204")
