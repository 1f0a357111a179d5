"""Who works at the desk: for admins."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.core.agents import Agent, Role
from bot.services import manage_agents
from bot.services.ports import InvalidInput
from bot.web.desk.access import SignedIn, console_of, desk_form, desk_page, signed_in
from bot.web.errors import Refused

router = APIRouter()
LINKS = ("reset", "enable")
"""What a new link is given for."""


@router.get("/desk/team")
async def show(request: Request) -> Response:
    """Everybody, and a form for somebody new."""
    return await _page(request, await signed_in(request, Role.ADMIN))


@router.post("/desk/team")
async def add(request: Request) -> Response:
    """Somebody new; the link by which they choose their password is shown once."""
    who = await signed_in(request, Role.ADMIN)
    typed = await desk_form(request, who)
    try:
        role = Role(typed.get("role", ""))
        agent, link = await asyncio.to_thread(
            manage_agents.add_agent, console_of(request).access, typed.get("email", ""), typed.get("name", ""), role
        )
    except (InvalidInput, ValueError) as error:
        problem = str(error) if isinstance(error, InvalidInput) else "Choose one of the roles."
        return await _page(request, who, problem=problem, typed=typed)
    await _note(request, who, "agent_added", agent)
    return await _page(request, who, invited=agent, link=_address(request, link))


@router.post("/desk/team/{id}")
async def change(request: Request, id: str) -> Response:
    """Disable an agent, or give them a new link: to choose another password, or to come in again."""
    who = await signed_in(request, Role.ADMIN)
    typed = await desk_form(request, who)
    access = console_of(request).access
    known = await asyncio.to_thread(access.agents.find, id)
    if known is None:
        return await _page(request, who, problem="There is no such agent.")
    agent, wanted = known.agent, typed.get("do", "")
    if wanted == "disable":
        try:
            await asyncio.to_thread(manage_agents.disable_agent, access, agent)
        except InvalidInput as error:
            return await _page(request, who, problem=str(error))
        await _note(request, who, "agent_disabled", agent)
        return await _page(request, who, told=f"{agent.name} cannot sign in any more.")
    if wanted not in LINKS:
        raise Refused("invalid_message")
    if wanted == "reset" and agent.is_disabled:
        return await _page(request, who, problem=f"{agent.name} was disabled meanwhile; a link would let them in again.")
    link = await asyncio.to_thread(manage_agents.reset_agent, access, agent)
    await _note(request, who, "agent_enabled" if agent.is_disabled else "agent_reset", agent)
    return await _page(request, who, invited=agent, link=_address(request, link))


def _address(request: Request, link: str) -> str:
    return f"{request.scope['scheme']}://{request.headers['host']}/desk/link/{link}"


async def _note(request: Request, who: SignedIn, action: str, agent: Agent) -> None:
    await asyncio.to_thread(
        console_of(request).audit.note, who.agent, action, agent.email, "team", request.app.state.gateway.clock.now()
    )


async def _page(request: Request, who: SignedIn, **context: object) -> Response:
    team = await asyncio.to_thread(console_of(request).access.agents.all)
    return desk_page(
        request, who, "desk/team.html", {"team": team, "typed": {}, **context}, 422 if context.get("problem") else 200
    )
