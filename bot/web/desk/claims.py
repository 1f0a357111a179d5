"""Claims for agents: found by what they know of one, shown with a reason; and a purchase judged from a form."""

from __future__ import annotations

import asyncio
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.core.claim_queries import LEAST_OF_A_COMPANY, LONGEST_QUERY
from bot.core.email_addresses import masked_email
from bot.core.payment_forecast import counting_fact
from bot.core.plain_text import one_line
from bot.core.purchase import Buyer, Document, Seller
from bot.core.view_reasons import LONGEST_DETAIL, Occasion, ViewReason, read_view_reason
from bot.core.wording import long_date
from bot.services.check_purchase import CHOICE, LONGEST_FIELD, UNRECOGNISED, check_purchase
from bot.services.find_claims import CLAIMS_LISTED, FoundBy, find_claims
from bot.services.view_claim import view_claim
from bot.web.desk.access import SignedIn, console_of, desk_page, signed_in
from bot.web.errors import Refused
from bot.web.protection import refuse_other_sites

router = APIRouter()
PRODUCTS_SUGGESTED = 500
"""Names in the list that a browser offers while a product is typed."""


@router.get("/desk/claims")
async def search(request: Request, q: str = "", why: str = "", detail: str = "") -> Response:
    """The search, and what was found once it was said why."""
    who = await signed_in(request)
    reason = _reason(request, why, detail)
    typed = one_line(q)[:LONGEST_QUERY]
    result = None
    if typed and reason:
        search_now = partial(find_claims, typed, desk=console_of(request).claims, agent=who.agent, reason=reason)
        result = await asyncio.to_thread(search_now)
    return _page(
        request,
        who,
        "desk/claims.html",
        reason,
        typed=typed,
        result=result,
        lacks_reason=bool(typed) and reason is None,
        given={"why": why, "detail": detail[:LONGEST_DETAIL]},
        FoundBy=FoundBy,
        masked_email=masked_email,
        listed=CLAIMS_LISTED,
        longest=LONGEST_QUERY,
        least=LEAST_OF_A_COMPANY,
    )


@router.get("/desk/claims/check")
async def check(request: Request) -> Response:
    """A purchase judged by what the form says; nothing of it is a customer's."""
    who = await signed_in(request)
    given = dict(request.query_params)
    outcome = await asyncio.to_thread(partial(check_purchase, given, desk=console_of(request).claims))
    return desk_page(
        request,
        who,
        "desk/claims_check.html",
        {
            "check": outcome,
            "names": list(dict.fromkeys(product.name for product in outcome.products))[:PRODUCTS_SUGGESTED],
            "sellers": list(Seller),
            "buyers": list(Buyer),
            "documents": list(Document),
            "UNRECOGNISED": UNRECOGNISED,
            "CHOICE": CHOICE,
            "longest": LONGEST_FIELD,
        },
        422 if outcome.problems else 200,
    )


@router.get("/desk/claims/{reference}")
async def show(request: Request, reference: str, why: str = "", detail: str = "") -> Response:
    """A claim, once it was said why; until then only the question why."""
    who = await signed_in(request)
    reason = _reason(request, why, detail)
    desk = console_of(request).claims
    view = None
    if reason:
        view = await asyncio.to_thread(partial(view_claim, reference, desk=desk, agent=who.agent, reason=reason))
    return _page(
        request,
        who,
        "desk/claim.html",
        reason,
        404 if reason and view is None else 200,
        reference=one_line(reference)[:LONGEST_QUERY],
        view=view,
        given={"why": why, "detail": detail[:LONGEST_DETAIL]},
        lacks_reason=bool(why or detail) and reason is None,
        counting=counting_fact(desk.promotion),
        today=desk.clock.today(),
    )


def _reason(request: Request, why: str, detail: str) -> ViewReason | None:
    """The reason that the agent gave; a link on another site cannot give one for them."""
    try:
        refuse_other_sites(request)
    except Refused:
        return None
    return read_view_reason(why, detail)


def _page(
    request: Request, who: SignedIn, template: str, reason: ViewReason | None, status: int = 200, **context: object
) -> Response:
    carried = urlencode({"why": reason.occasion.value, "detail": reason.detail}) if reason else ""
    given = {
        "reason": reason,
        "carried": carried,
        "occasions": list(Occasion),
        "longest_detail": LONGEST_DETAIL,
        "long_date": long_date,
    }
    return desk_page(request, who, template, {**given, **context}, status)
