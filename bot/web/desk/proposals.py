"""Proposals to change the content: their patches, and what comes of trying them; for leads."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from bot.core.agents import Role
from bot.core.proposals import Patch, Proposal, Way
from bot.core.tries import Try, TryState
from bot.core.verdicts import verdict
from bot.services.gateway import Gateway
from bot.services.ports import InvalidInput
from bot.services.propose_change import withdraw_proposal
from bot.services.try_proposal import tell_tries, try_proposal
from bot.web.desk.access import console_of, desk_form, desk_page, signed_in
from bot.web.errors import Refused

router = APIRouter()
PROPOSALS = "/desk/gaps/proposals"
WAYS = {
    Way.PHRASES: "phrases for",
    Way.ENTRY: "a new entry",
    Way.OUT_OF_SCOPE: "phrases without an answer here",
}
DONE = {
    "made": "The proposal is kept. Its patch can be downloaded, and it can be tried.",
    "withdrawn": "The proposal is withdrawn; its questions are open again.",
}
STATES = {
    TryState.QUEUED: "It waits: one proposal is tried at a time.",
    TryState.RUNNING: "It is being tried.",
    TryState.DONE: "It was tried.",
    TryState.FAILED: "It could not be tried.",
}


@router.get(PROPOSALS)
async def show_all(request: Request) -> Response:
    """Every proposal, the newest first, with what its last try said."""
    who = await signed_in(request, Role.LEAD)
    console, key = console_of(request), _key(request)
    proposals = await asyncio.to_thread(console.gaps.proposals.all, key)
    tries = await asyncio.to_thread(tell_tries, console.gaps, [one.number for one in proposals])
    context = {"proposals": proposals, "tries": tries, "ways": WAYS, "states": STATES, "verdict": verdict}
    return desk_page(request, who, "desk/proposals.html", context)


@router.get(PROPOSALS + "/{name}.patch")
async def download(request: Request, name: str) -> Response:
    """The patch as a file, made from the content as it is now."""
    await signed_in(request, Role.LEAD)
    proposal = await _proposal(request, name)
    patch = await asyncio.to_thread(console_of(request).gaps.content.patch, proposal.change)
    headers = {"Content-Disposition": f'attachment; filename="{proposal.name}.patch"'}
    return Response(patch.diff, media_type="text/x-patch; charset=utf-8", headers=headers)


@router.get(PROPOSALS + "/{name}")
async def show_one(request: Request, name: str, done: str = "") -> Response:
    """One proposal with its patch and its last try."""
    who = await signed_in(request, Role.LEAD)
    proposal = await _proposal(request, name)
    console = console_of(request)
    patch, problem = await asyncio.to_thread(_patch, request, proposal)
    tries = await asyncio.to_thread(tell_tries, console.gaps, [proposal.number])
    last = tries.get(proposal.number)
    context = {
        "proposal": proposal,
        "patch": patch,
        "content_problem": problem,
        "told": DONE.get(done, ""),
        "last": last,
        "said": verdict(last.result) if last and last.result else [],
        "ways": WAYS,
        "states": STATES,
        "TryState": TryState,
        "Way": Way,
    }
    return desk_page(request, who, "desk/proposal.html", context)


@router.post(PROPOSALS + "/{name}/try")
async def try_one(request: Request, name: str) -> Response:
    """Have it tried; the page tells how that goes."""
    who = await signed_in(request, Role.LEAD)
    await desk_form(request, who)
    proposal = await _proposal(request, name)
    await asyncio.to_thread(try_proposal, console_of(request).gaps, proposal.number, who.agent)
    return RedirectResponse(f"{PROPOSALS}/{proposal.number}#try", 303)


@router.post(PROPOSALS + "/{name}/withdraw")
async def withdraw(request: Request, name: str) -> Response:
    """Take it back."""
    who = await signed_in(request, Role.LEAD)
    await desk_form(request, who)
    proposal = await _proposal(request, name)
    gateway, console = request.app.state.gateway, console_of(request)
    await asyncio.to_thread(
        withdraw_proposal, console.gaps, console.audit, gateway.promotion, proposal.number, who.agent, gateway.clock
    )
    return RedirectResponse(f"{PROPOSALS}/{proposal.number}?done=withdrawn", 303)


@router.get("/desk/api/gaps/proposals/{name}/try")
async def tell(request: Request, name: str) -> Response:
    """How the last try goes, for the page's script."""
    await signed_in(request, Role.LEAD)
    proposal = await _proposal(request, name)
    tries = await asyncio.to_thread(tell_tries, console_of(request).gaps, [proposal.number])
    return JSONResponse(_as_json(tries.get(proposal.number)))


def _as_json(last: Try | None) -> dict[str, Any]:
    if last is None:
        return {"state": "", "words": "", "is_over": True}
    words = f"{STATES[last.state]} {last.progress or last.problem}".strip()
    result = asdict(last.result) if last.result else None
    return {"state": last.state.value, "words": words, "is_over": last.state.is_over, "result": result}


def _patch(request: Request, proposal: Proposal) -> tuple[Patch, str]:
    """The patch, or why there is none: content that somebody is working on may be unreadable."""
    try:
        return console_of(request).gaps.content.patch(proposal.change), ""
    except InvalidInput as error:
        return Patch(), str(error)


async def _proposal(request: Request, name: str) -> Proposal:
    """The proposal called ``12`` or ``P-12``. Raises ``Refused``."""
    number = name.removeprefix("P-")
    found = None
    if number.isascii() and number.isdecimal() and len(number) < 10:
        found = await asyncio.to_thread(console_of(request).gaps.proposals.find, _key(request), int(number))
    if found is None:
        raise Refused("not_found")
    return found


def _key(request: Request) -> str:
    gateway: Gateway = request.app.state.gateway
    return gateway.promotion.key
