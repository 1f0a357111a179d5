"""An agent's own access: password, second factor, and where they are signed in."""

from __future__ import annotations

import asyncio
from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from bot.services import manage_agents, sign_in
from bot.services.sign_in import SignInRefused, TooManyAttempts
from bot.web.client_address import address_of
from bot.web.desk.access import (
    SignedIn,
    console_of,
    cookie_of,
    desk_form,
    desk_page,
    signed_in,
)
from bot.web.desk.sign_in import refusal_words
from bot.web.desk.ways import SIGN_IN
from bot.web.errors import Refused

router = APIRouter()
DONE = {
    "password": "Your password is changed. You are signed out everywhere else.",
    "code": "From now on you are asked for a code of your app.",
    "no-code": "Your password alone lets you in from now on.",
    "ended": "That session is over.",
}


@router.get("/desk/account")
async def show(request: Request, done: str = "") -> Response:
    """The agent's own page."""
    return await _page(request, await signed_in(request), told=DONE.get(done, ""))


@router.post("/desk/account/password")
async def change_password(request: Request) -> Response:
    """A new password, for who knows the old one."""
    who, typed = await _sent(request)
    if typed.get("password", "") != typed.get("again", ""):
        return await _page(request, who, refused=SignInRefused("passwords_differ"), at="password")
    try:
        await asyncio.to_thread(
            manage_agents.change_password,
            console_of(request).access,
            await _session(request),
            typed.get("current", ""),
            typed.get("password", ""),
            address=address_of(request),
        )
    except (SignInRefused, TooManyAttempts) as refused:
        return await _page(request, who, refused=refused, at="password")
    return _done("password")


@router.post("/desk/account/code")
async def set_up_code(request: Request) -> Response:
    """Show a secret for the app first; with its code, the second factor is set up."""
    who, typed = await _sent(request)
    secret = typed.get("secret", "") or console_of(request).access.codes.new_secret()
    if "code" not in typed:
        return await _page(request, who, secret=secret, at="code")
    try:
        await asyncio.to_thread(
            manage_agents.set_up_second_factor,
            console_of(request).access,
            await _session(request),
            secret,
            typed["code"],
            address=address_of(request),
        )
    except (SignInRefused, TooManyAttempts) as refused:
        return await _page(request, who, secret=secret, refused=refused, at="code")
    return _done("code")


@router.post("/desk/account/no-code")
async def take_code_away(request: Request) -> Response:
    """The second factor is taken away by its own code."""
    who, typed = await _sent(request)
    try:
        await asyncio.to_thread(
            manage_agents.take_second_factor_away,
            console_of(request).access,
            await _session(request),
            typed.get("code", ""),
            address=address_of(request),
        )
    except (SignInRefused, TooManyAttempts) as refused:
        return await _page(request, who, refused=refused, at="code")
    return _done("no-code")


@router.post("/desk/account/end")
async def end_session(request: Request) -> Response:
    """End one of the agent's own sessions."""
    who, typed = await _sent(request)
    sessions = console_of(request).access.sessions
    own = await asyncio.to_thread(sessions.of_agent, who.agent.id)
    ended = [session.id for session in own if session.id == typed.get("session")]
    for session in ended:
        await asyncio.to_thread(sessions.end, session)
    return RedirectResponse(SIGN_IN, status_code=303) if who.session in ended else _done("ended")


async def _sent(request: Request) -> tuple[SignedIn, dict[str, str]]:
    who = await signed_in(request)
    return who, await desk_form(request, who)


async def _session(request: Request) -> sign_in.SignedIn:
    found = await asyncio.to_thread(sign_in.who_is, console_of(request).access, cookie_of(request))
    if found is None:
        raise Refused("not_signed_in")
    return found


def _done(what: str) -> Response:
    return RedirectResponse(f"/desk/account?done={what}", status_code=303)


async def _page(
    request: Request,
    who: SignedIn,
    *,
    told: str = "",
    secret: str = "",
    refused: SignInRefused | TooManyAttempts | None = None,
    at: str = "",
) -> Response:
    access = console_of(request).access
    known = await asyncio.to_thread(access.agents.find, who.agent.id)
    context: dict[str, Any] = {
        "told": told,
        "problem": refusal_words(request, refused) if refused else "",
        "at": at,
        "has_password": bool(known and known.password_hash),
        "has_code": bool(known and known.sealed_secret),
        "secret": secret,
        "picture": _picture(request, who, secret) if secret else "",
        "sessions": await asyncio.to_thread(access.sessions.of_agent, who.agent.id),
        "own_session": who.session,
    }
    return desk_page(request, who, "desk/account.html", context, 403 if refused else 200)


def _picture(request: Request, who: SignedIn, secret: str) -> Markup:
    """The QR code for the app, drawn without styles of its own; a secret that was changed on the way has none."""
    try:
        gateway = request.app.state.gateway
        address = console_of(request).access.codes.address(secret[:64], who.agent.email, gateway.promotion.name)
        drawn = segno.make(address, micro=False).svg_inline(scale=5, border=4, light="#fff", title="QR code")
    except ValueError:
        return Markup("")
    return Markup(drawn)
