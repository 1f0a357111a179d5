"""Who works at the desk: for admins."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.core.agents import Agent, Role, with_article
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
        agent, link = await asyncio.to_thread(
            manage_agents.add_agent,
            console_of(request).access,
            typed.get("email", ""),
            typed.get("name", ""),
            _role(typed),
        )
    except InvalidInput as error:
        return await _page(request, who, problem=str(error), typed=typed)
    await _note(request, who, "agent_added", agent)
    return await _page(request, who, invited=agent, link=_address(request, link))


@router.post("/desk/team/{id}")
async def change(request: Request, id: str) -> Response:
    """Disable an agent, give them another role or a new link: to choose another password, or to come in again."""
    who = await signed_in(request, Role.ADMIN)
    typed = await desk_form(request, who)
    access = console_of(request).access
    known = await asyncio.to_thread(access.agents.find, id)
    if known is None:
        return await _page(request, who, problem="There is no such agent.")
    agent, wanted = known.agent, typed.get("do", "")
    try:
        if wanted == "disable":
            await asyncio.to_thread(manage_agents.disable_agent, access, agent)
            await _note(request, who, "agent_disabled", agent)
            return await _page(request, who, told=f"{agent.name} cannot sign in any more.")
        if wanted == "role":
            return await _change_role(request, who, agent, _role(typed))
    except InvalidInput as error:
        return await _page(request, who, problem=str(error))
    if wanted not in LINKS:
        raise Refused("invalid_message")
    if wanted == "reset" and agent.is_disabled:
        return await _page(
            request, who, problem=f"{agent.name} was disabled meanwhile; a link would let them in again."
        )
    link = await asyncio.to_thread(manage_agents.reset_agent, access, agent)
    await _note(request, who, "agent_enabled" if agent.is_disabled else "agent_reset", agent)
    return await _page(request, who, invited=agent, link=_address(request, link))


async def _change_role(request: Request, who: SignedIn, agent: Agent, role: Role) -> Response:
    if role is not agent.role:
        await asyncio.to_thread(manage_agents.change_role, console_of(request).access, agent, role)
        await _note(request, who, f"agent_made_{role.value}", agent)
    return await _page(request, who, told=f"{agent.name} is {with_article(role)} now.")


def _role(typed: Mapping[str, str]) -> Role:
    try:
        return Role(typed.get("role", ""))
    except ValueError as error:
        raise InvalidInput("Choose one of the roles.") from error


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
