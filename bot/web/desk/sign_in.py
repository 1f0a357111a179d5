"""Signing in and out at the desk, by password and code, or by a link that works once."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.services import sign_in as access
from bot.services.sign_in import SignInRefused, TooManyAttempts
from bot.web.client_address import address_of
from bot.web.desk.access import (
    console_of,
    cookie_of,
    desk_form,
    device_of,
    form_token,
    give_cookie,
    is_own_token,
    signed_in,
)
from bot.web.desk.ways import HOME, SIGN_IN, safe_next
from bot.web.errors import Refused
from bot.web.forms import TOKEN, read_form
from bot.web.protection import refuse_other_sites
from bot.web.security_log import tell_not_signed_in, tell_signed_in

router = APIRouter()
BEFORE = "nobody yet"
"""Stands for the session in forms of somebody who is not signed in."""


@router.get("/desk")
async def home() -> Response:
    """The desk's first page."""
    return RedirectResponse(HOME, status_code=303)


@router.get(SIGN_IN)
async def show(request: Request, next: str = "") -> Response:
    """The sign-in; who is signed in already goes on at once."""
    try:
        await signed_in(request)
    except Refused:
        return _page(request, "desk/sign_in.html", next=safe_next(next))
    return RedirectResponse(safe_next(next), status_code=303)


@router.post(SIGN_IN)
async def sign_in(request: Request) -> Response:
    """Password first, then the code if there is a second factor."""
    typed = await _read(request)
    wanted = safe_next(typed.get("next", ""))
    try:
        token, awaits_code = await asyncio.to_thread(
            access.sign_in,
            console_of(request).access,
            typed.get("email", "")[:320],
            typed.get("password", ""),
            address=address_of(request),
            device=device_of(request),
            earlier=cookie_of(request),
        )
    except (SignInRefused, TooManyAttempts) as refused:
        tell_not_signed_in(request, key_of(refused), typed.get("email", "")[:320])
        return _page(request, "desk/sign_in.html", refused, next=wanted, email=typed.get("email", "")[:320])
    if not awaits_code:
        return await _let_in(request, token, wanted, "password")
    request.app.state.metrics.count_sign_in("password_right")
    page = _page(request, "desk/code.html", next=wanted)
    give_cookie(request, page, token)
    return page


@router.post(f"{SIGN_IN}/code")
async def confirm(request: Request) -> Response:
    """The code of the authenticator app."""
    typed = await _read(request)
    wanted = safe_next(typed.get("next", ""))
    try:
        token = await asyncio.to_thread(
            access.confirm_code,
            console_of(request).access,
            cookie_of(request),
            typed.get("code", ""),
            address=address_of(request),
        )
    except (SignInRefused, TooManyAttempts) as refused:
        tell_not_signed_in(request, key_of(refused))
        is_over = key_of(refused) == "sign_in_over"
        return _page(request, "desk/sign_in.html" if is_over else "desk/code.html", refused, next=wanted)
    return await _let_in(request, token, wanted, "code")


@router.get("/desk/link/{link}")
async def show_link(request: Request, link: str) -> Response:
    """Whom the link lets in. It is used by the button only: programs that look at links must not use it up."""
    return await _link_page(request, link)


@router.post("/desk/link/{link}")
async def follow(request: Request, link: str) -> Response:
    """Let in by a link, with a password of one's choice if the link is for that."""
    typed = await _read(request)
    password = typed.get("password", "")
    if "again" in typed and typed["again"] != password:
        return await _link_page(request, link, SignInRefused("passwords_differ"))
    try:
        token = await asyncio.to_thread(
            access.follow_link,
            console_of(request).access,
            link,
            password,
            device=device_of(request),
            earlier=cookie_of(request),
        )
    except SignInRefused as refused:
        tell_not_signed_in(request, refused.key)
        return await _link_page(request, link, refused)
    return await _let_in(request, token, HOME, "link")


@router.post("/desk/sign-out")
async def sign_out(request: Request) -> Response:
    """End this session."""
    who = await signed_in(request)
    await desk_form(request, who)
    await asyncio.to_thread(console_of(request).access.sessions.end, who.session)
    response = RedirectResponse(SIGN_IN, status_code=303)
    give_cookie(request, response, "")
    return response


def key_of(refused: SignInRefused | TooManyAttempts) -> str:
    """The wording key of a refusal."""
    return refused.key if isinstance(refused, SignInRefused) else "sign_in_too_often"


def refusal_words(request: Request, refused: SignInRefused | TooManyAttempts) -> str:
    """What the agent is told."""
    wording = request.app.state.gateway.wording
    if isinstance(refused, TooManyAttempts):
        words: str = wording.say("sign_in_too_often", minutes=-(-refused.seconds // 60))
        return words
    return str(wording.say(refused.key))


async def _link_page(request: Request, link: str, refused: SignInRefused | None = None) -> Response:
    found = await asyncio.to_thread(access.linked_agent, console_of(request).access, link)
    if found is None:
        return _page(request, "desk/sign_in.html", SignInRefused("link_over"), next=HOME)
    agent, made = found
    return _page(request, "desk/link.html", refused, invited=agent, sets_password=made.sets_password)


async def _read(request: Request) -> dict[str, str]:
    refuse_other_sites(request)
    typed = await read_form(request)
    if not is_own_token(request, BEFORE, typed.get(TOKEN, "")):
        raise Refused("form_expired")
    return typed


def _page(
    request: Request, template: str, refused: SignInRefused | TooManyAttempts | None = None, **context: object
) -> Response:
    if refused:
        too_many = isinstance(refused, TooManyAttempts)
        request.app.state.metrics.count_sign_in("too_many" if too_many else "refused")
    status = 200 if refused is None else 429 if isinstance(refused, TooManyAttempts) else 403
    headers = {"Retry-After": str(refused.seconds)} if isinstance(refused, TooManyAttempts) else None
    problem = refusal_words(request, refused) if refused else ""
    token = form_token(request, BEFORE)
    page: Response = request.app.state.templates.TemplateResponse(
        request, template, {"token": token, "problem": problem, **context}, status_code=status, headers=headers
    )
    return page


async def _let_in(request: Request, token: str, wanted: str, way: str) -> Response:
    request.app.state.metrics.count_sign_in("signed_in")
    found = await asyncio.to_thread(access.who_is, console_of(request).access, token, is_use=False)
    tell_signed_in(request, found.agent.id if found else "unknown", way)
    response = RedirectResponse(wanted, status_code=303)
    give_cookie(request, response, token)
    return response
