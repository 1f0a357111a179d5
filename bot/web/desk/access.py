"""Who may see a page of the desk, and the proof that what is sent was meant."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from bot.core.agents import Agent, Role
from bot.core.keys import derive_key, is_signed, sign
from bot.services import sign_in
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.web.errors import Refused
from bot.web.forms import MOST_FIELDS, TOKEN, read_form
from bot.web.protection import refuse_other_sites
from bot.web.session import is_secure

COOKIE = "desk-agent"
SECURE_COOKIE = "__Host-desk-agent"
AREAS = (
    ("/desk/assist", "Assistant", Role.AGENT),
    ("/desk/tickets", "Tickets", Role.AGENT),
    ("/desk/claims", "Claims", Role.AGENT),
    ("/desk/gaps", "Gaps", Role.LEAD),
    ("/desk/insights", "Insights", Role.LEAD),
    ("/desk/audit", "Audit", Role.LEAD),
    ("/desk/team", "Team", Role.ADMIN),
)
"""The areas of the desk in the order of its navigation, and who may see them."""


@dataclass(frozen=True)
class SignedIn:
    """Who a request comes from; ``token`` stands in every form of theirs, so that no other site can send it."""

    agent: Agent
    session: str
    token: str

    def may(self, role: Role) -> bool:
        return self.agent.role.covers(role)


def console_of(request: Request) -> Console:
    """The agents' desk of this gateway; its routes exist only where there is one."""
    console: Console = request.app.state.gateway.console
    return console


async def signed_in(request: Request, role: Role = Role.AGENT, *, is_use: bool = True) -> SignedIn:
    """The agent whose request this is. Raises ``Refused`` for nobody, or for one who may not.

    What a page asks for by itself is no use: it does not keep the session of an agent who is away alive.
    """
    found = await asyncio.to_thread(sign_in.who_is, console_of(request).access, cookie_of(request), is_use=is_use)
    if found is None:
        raise Refused("not_signed_in")
    if not found.agent.role.covers(role):
        raise Refused("not_allowed")
    return SignedIn(found.agent, found.session.id, form_token(request, found.session.id))


async def desk_form(request: Request, who: SignedIn, max_fields: int = MOST_FIELDS) -> dict[str, str]:
    """What a form of this agent sends. Raises ``Refused`` for one that was made for somebody else, or by another site."""
    refuse_other_sites(request)
    typed = await read_form(request, max_fields)
    if not is_own_token(request, who.session, typed.get(TOKEN, "")):
        raise Refused("form_expired")
    return typed


def desk_page(
    request: Request, who: SignedIn, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> Response:
    """A page of the desk for this agent."""
    gateway: Gateway = request.app.state.gateway
    today = gateway.clock.today()
    demonstration = gateway.wording.say("desk_demonstration", today=today) if gateway.is_demonstration else ""
    areas = [(path, name) for path, name, role in AREAS if who.may(role)]
    page: Response = request.app.state.templates.TemplateResponse(
        request,
        template,
        {
            "agent": who.agent,
            "token": who.token,
            "areas": areas,
            "may": who.may,
            "Role": Role,
            "demonstration": demonstration,
            **(context or {}),
        },
        status_code=status,
    )
    return page


def cookie_of(request: Request) -> str:
    return request.cookies.get(SECURE_COOKIE if is_secure(request) else COOKIE, "")


def give_cookie(request: Request, response: Response, token: str) -> None:
    """Sign this browser in, or out with an empty token. A link in a mail may lead to the desk, so it is not ``Strict``."""
    secure = is_secure(request)
    name = SECURE_COOKIE if secure else COOKIE
    if not token:
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
        return
    response.set_cookie(name, token, path="/", secure=secure, httponly=True, samesite="lax")


def form_token(request: Request, session: str) -> str:
    return sign(_form_key(request), session)


def is_own_token(request: Request, session: str, token: str) -> bool:
    return is_signed(_form_key(request), session, token)


def _form_key(request: Request) -> str:
    return derive_key(request.app.state.gateway.secret, "desk form token")


def device_of(request: Request) -> str:
    """What an agent knows a browser of theirs by."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Windows", "Windows"), ("Mac OS", "a Mac"), ("Linux", "Linux"))  # fmt: skip
