"""The contact form: the way from the chat to customer service, with the conversation attached."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.keys import derive_key, is_signed, sign
from bot.services.gateway import Gateway
from bot.services.ports import Unavailable
from bot.services.send_enquiry import LONGEST, InvalidEnquiry, masked_transcript, send_enquiry
from bot.web.chat import count_sender
from bot.web.errors import Refused, words_for
from bot.web.forms import is_own_form, read_form
from bot.web.page import session_with_history
from bot.web.session import Session

router = APIRouter()

FORM = "form"
"""The hidden field that makes a form sent twice one enquiry."""
TRAP = "website"
"""A field that people do not see; what fills it is a program."""


@router.get("/contact")
async def show_form(request: Request) -> Response:
    """The empty form. The address may name a conversation; shown is only the one of the own session."""
    return await form_page(request, {})


@router.post("/contact")
async def send(request: Request) -> Response:
    """Send the enquiry, or show what has to be corrected with nothing typed lost."""
    typed: dict[str, str] = {}
    try:
        count_sender(request)
        typed = await read_form(request)
        if not is_own_form(request, typed):
            raise Refused("form_expired")
        session: Session = await request.app.state.sessions.find(request)
        request.app.state.limits.count_session(session.key)
        reference = await _sent(request, session, typed)
    except InvalidEnquiry as error:
        return await form_page(request, typed, problems=error.problems, status=422)
    except Unavailable:
        return await form_page(request, typed, refused=Refused("unavailable"))
    except Refused as refused:
        if refused.code == "cross_site":
            raise
        return await form_page(request, typed, refused=refused)
    response = RedirectResponse(f"/contact/sent?{_receipt(request, reference)}", status_code=303)
    request.app.state.sessions.remember(request, response, session)
    return response


@router.get("/contact/sent")
async def confirm(request: Request, reference: str = "", seal: str = "") -> Response:
    """The confirmation; only for a reference that this server has given out."""
    if not is_signed(_seal_key(request), reference, seal):
        raise Refused("not_found")
    page: Response = request.app.state.templates.TemplateResponse(
        request, "contact_sent.html", {"reference": reference}
    )
    return page


async def form_page(
    request: Request,
    typed: Mapping[str, str],
    *,
    problems: Mapping[str, str] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> Response:
    """The form with what was typed, what is wrong with it, and the conversation that goes along."""
    gateway: Gateway = request.app.state.gateway
    session, messages = await session_with_history(request)
    response: Response = request.app.state.templates.TemplateResponse(
        request,
        "contact.html",
        {
            "typed": {field: typed.get(field, "") for field in LONGEST},
            "problems": {field: gateway.wording.say(key) for field, key in (problems or {}).items()},
            "refused": words_for(refused, gateway.wording) if refused else "",
            "transcript": masked_transcript(messages, gateway.promotion.claim_reference),
            "token": request.app.state.sessions.form_token(session),
            "form": typed.get(FORM) or secrets.token_urlsafe(16),
        },
        status_code=refused.status if refused else status,
        headers={"Retry-After": str(refused.retry_after)} if refused and refused.retry_after else None,
    )
    request.app.state.sessions.remember(request, response, session)
    return response


async def _sent(request: Request, session: Session, typed: Mapping[str, str]) -> str:
    """Keep the enquiry. Whoever fills the trap gets the form back: programs give up, a person sends it once more."""
    if typed.get(TRAP):
        raise Refused("trapped")
    gateway: Gateway = request.app.state.gateway
    form = sign(_seal_key(request), typed.get(FORM, ""))
    conversation = await request.app.state.sessions.conversation(session)
    return await asyncio.to_thread(send_enquiry, gateway.contact, conversation, typed, form)


def _receipt(request: Request, reference: str) -> str:
    return f"reference={reference}&seal={sign(_seal_key(request), reference)}"


def _seal_key(request: Request) -> str:
    return derive_key(request.app.state.gateway.secret, "enquiry receipt")
