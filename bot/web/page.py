"""The promotion's page: its FAQ, and the chat in the form that needs no JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.contact_form import CLICK_HERE, CONTACT
from bot.core.conversations import Message
from bot.core.interface import MAIN_LANGUAGE
from bot.core.lengths import LONGEST_MESSAGE
from bot.core.plain_text import plain_text
from bot.core.replies import Link
from bot.core.retention import KEPT_DAYS, Kept
from bot.services.find_entries import Found, find_entries
from bot.services.gateway import Gateway
from bot.services.ports import Unavailable
from bot.services.tell_phase import tell_phase
from bot.web.chat import count_sender, end_session, messages_of, take_turn
from bot.web.client_address import address_of
from bot.web.errors import Refused, as_refused, words_for
from bot.web.forms import is_own_form, read_form
from bot.web.schemas import checked_turn
from bot.web.session import Session

router = APIRouter()
LONGEST_SEARCH = 200


@router.get("/")
async def show_page(request: Request, q: str = "") -> Response:
    """The page, with what was found if something is searched; it can be read even if the database cannot be reached."""
    session, messages = await session_with_history(request)
    searched = plain_text(q)[:LONGEST_SEARCH]
    return page(request, session, messages, searched=searched, found=await _found(request, searched))


@router.post("/chat")
async def talk(request: Request) -> Response:
    """A turn by form: on success back to the page, which shows the reply at its end."""
    typed: dict[str, str] = {}
    try:
        await count_sender(request)
        typed = await read_form(request)
        if not is_own_form(request, typed):
            raise Refused("form_expired")
        button = typed.get("button", "")
        session, _ = await take_turn(request, checked_turn("" if button else typed.get("text", ""), button))
    except (Refused, Unavailable) as error:
        refused = as_refused(error)
        if refused.code == "cross_site":
            raise
        session, messages = await session_with_history(request)
        return page(request, session, messages, problem=refused, text=typed.get("text", ""))
    response = RedirectResponse("/#latest", status_code=303)
    request.app.state.sessions.remember(request, response, session)
    return response


@router.post("/chat/end")
async def end(request: Request) -> Response:
    """End the chat by form."""
    await count_sender(request)
    if not is_own_form(request, await read_form(request)):
        raise Refused("form_expired")
    response = RedirectResponse("/#chat", status_code=303)
    await end_session(request, response)
    return response


async def _found(request: Request, searched: str) -> Found:
    """The entries for a search; many searches from one address cost as much as many messages."""
    if not searched:
        return Found()
    await request.app.state.limiter.count_address(address_of(request))
    gateway: Gateway = request.app.state.gateway
    return await find_entries(gateway.bot, gateway.faq, searched, gateway.promotion.claim_reference)


async def session_with_history(request: Request) -> tuple[Session, list[Message]]:
    """The request's session and what was said in it; nothing said if the database cannot be reached."""
    sessions = request.app.state.sessions
    try:
        session: Session = await sessions.find(request)
        return session, await messages_of(request, session)
    except Unavailable:
        return sessions.find_without_history(request), []


def page(
    request: Request,
    session: Session,
    messages: list[Message],
    *,
    problem: Refused | None = None,
    text: str = "",
    searched: str = "",
    found: Found | None = None,
) -> Response:
    """The page with the chat as it stands, and with what was wrong with the text sent last."""
    if problem:
        request.app.state.metrics.count_refusal(problem.code)
    gateway: Gateway = request.app.state.gateway
    response: Response = request.app.state.templates.TemplateResponse(
        request,
        "page.html",
        {
            "banner": banner(gateway),
            "sections": gateway.faq.sections(),
            "click_here": [Link(CLICK_HERE, CONTACT)],
            "messages": messages,
            "token": request.app.state.sessions.form_token(session),
            "problem": words_for(problem, gateway.wording) if problem else "",
            "text": text,
            "searched": searched,
            "found": found or Found(),
            "kept_days": KEPT_DAYS[Kept.CONVERSATIONS],
            "chat_label": gateway.interfaces[MAIN_LANGUAGE].strings["open"],
            "longest_search": LONGEST_SEARCH,
            "longest_text": LONGEST_MESSAGE,
        },
        status_code=problem.status if problem else 200,
        headers={"Retry-After": str(problem.retry_after)} if problem and problem.retry_after else None,
    )
    request.app.state.sessions.remember(request, response, session)
    return response


def banner(gateway: Gateway) -> list[str]:
    """Where the promotion stands today, and whether today is only acted."""
    today = gateway.clock.today()
    standing = tell_phase(gateway.promotion, gateway.wording, today)
    return [standing, gateway.wording.say("demonstration", today=today)] if gateway.is_demonstration else [standing]
