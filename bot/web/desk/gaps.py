"""What customers asked and the desk did not settle: for leads."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.agents import Role
from bot.core.gap_groups import GapGroup, Standing
from bot.core.interface import MAIN_LANGUAGE
from bot.core.proposals import ContentOutline, Way
from bot.core.ranking import Band
from bot.services.console import Console
from bot.services.dismiss_gap import dismiss_gap, restore_gap
from bot.services.find_gaps import FoundGaps, find_gaps
from bot.services.gateway import Gateway
from bot.services.ports import InvalidInput
from bot.services.propose_change import ProposalProblems, propose_change
from bot.web.desk.access import SignedIn, console_of, desk_form, desk_page, signed_in
from bot.web.desk.gap_forms import (
    FAILURES,
    FIELDS,
    MOST_SHOWN,
    PERIODS,
    STANDINGS,
    ChangeForm,
    Wanted,
    change_of,
    opened,
    sent,
    wanted,
)
from bot.web.errors import Refused

router = APIRouter()
GAPS = "/desk/gaps"
DONE = {
    "dismissed": "It is put aside as no gap. It comes back when most people ask in words that are new.",
    "restored": "It is a gap again.",
}


@router.get(GAPS)
async def show_all(request: Request, done: str = "") -> Response:
    """The groups of a time, those most asked first."""
    who = await signed_in(request, Role.LEAD)
    asked = wanted(request.query_params)
    found = await _found(request, asked)
    counts = {standing: sum(group.standing is standing for group in found.groups) for standing in Standing}
    context = {
        "found": found,
        "groups": [group for group in found.groups if group.standing is asked.standing],
        "counts": counts,
        "told": DONE.get(done, ""),
        **_words(request, asked),
    }
    return desk_page(request, who, "desk/gaps.html", context)


@router.get(GAPS + "/{key}")
async def show_one(request: Request, key: str) -> Response:
    """One group with all its wordings, and the ways on."""
    who = await signed_in(request, Role.LEAD)
    asked = wanted(request.query_params)
    group = _group(await _found(request, asked), key)
    return await _group_page(request, who, asked, group, opened(group))


@router.post(GAPS + "/{key}/standing")
async def decide(request: Request, key: str) -> Response:
    """Put a group aside as no gap, or take that back."""
    who = await signed_in(request, Role.LEAD)
    typed = await desk_form(request, who)
    asked = wanted(typed)
    gateway, console = _desk(request)
    group = _group(await _found(request, asked), key)
    is_gap = typed.get("do") == "restore"
    step = restore_gap if is_gap else dismiss_gap
    await asyncio.to_thread(step, console.gaps, console.audit, gateway.promotion, group, who.agent, gateway.clock)
    return RedirectResponse(f"{GAPS}?done={'restored' if is_gap else 'dismissed'}&{asked.query}".rstrip("&"), 303)


@router.post(GAPS + "/{key}")
async def propose(request: Request, key: str) -> Response:
    """Make a proposal of a group; what has to be mended first is said beside it."""
    who = await signed_in(request, Role.LEAD)
    typed = await desk_form(request, who, FIELDS)
    asked = wanted(typed)
    gateway, console = _desk(request)
    group = _group(await _found(request, asked), key)
    form = sent(group, typed)
    try:
        outline = await asyncio.to_thread(console.gaps.content.outline)
        change = change_of(form, [*outline.entries, *outline.intents])
        number = await asyncio.to_thread(
            propose_change,
            console.gaps,
            console.audit,
            gateway.promotion,
            change,
            group,
            [phrase.key for phrase in form.taken],
            who.agent,
            gateway.clock,
        )
    except ProposalProblems as problems:
        return await _group_page(request, who, asked, group, replace(form, problems=problems.problems))
    except InvalidInput as problem:
        return await _group_page(request, who, asked, group, replace(form, problems=_as_problems(problem)))
    return RedirectResponse(f"{GAPS}/proposals/{number}?done=made", 303)


def _as_problems(problem: InvalidInput) -> dict[str, list[str]]:
    """The field that a message begins with, and the rest of it; or the content's own mistakes."""
    name, colon, words = str(problem).partition(": ")
    return {name: [words]} if colon and name in ("way", "review_by") else {"content": str(problem).splitlines()}


def _desk(request: Request) -> tuple[Gateway, Console]:
    return request.app.state.gateway, console_of(request)


async def _found(request: Request, asked: Wanted) -> FoundGaps:
    gateway, console = _desk(request)
    since = asked.since(gateway.clock.now())
    return await find_gaps(console.gaps, gateway.bot, gateway.promotion, gateway.wording, since, asked.failure)


def _group(found: FoundGaps, key: str) -> GapGroup:
    group = found.holding(key)
    if group is None:
        raise Refused("not_found")
    return group


async def _group_page(request: Request, who: SignedIn, asked: Wanted, group: GapGroup, form: ChangeForm) -> Response:
    gateway, console = _desk(request)
    problems = dict(form.problems)
    try:
        outline = await asyncio.to_thread(console.gaps.content.outline)
    except InvalidInput as error:
        outline, problems = ContentOutline((), ()), {"content": str(error).splitlines(), **problems}
    context = {
        "group": group,
        "form": replace(form, problems=problems),
        "outline": outline,
        "left_out": max(0, len(group.phrases) - MOST_SHOWN),
        "today": gateway.clock.today(),
        "Way": Way,
        **_words(request, asked),
    }
    return desk_page(request, who, "desk/gap.html", context, 422 if form.problems else 200)


def _words(request: Request, asked: Wanted) -> dict[str, Any]:
    """What all pages of gaps say things with."""
    gateway: Gateway = request.app.state.gateway
    return {
        "wanted": asked,
        "periods": PERIODS,
        "failures": FAILURES,
        "standings": STANDINGS,
        "Standing": Standing,
        "Band": Band,
        "name_of": lambda label: name_of(gateway, label),
        "reason_of": lambda reason: reason_of(gateway, reason),
    }


def name_of(gateway: Gateway, label: str) -> str:
    """An entry by its question, anything else by what customers are offered, or by its name."""
    if label in gateway.faq:
        return gateway.faq[label].question
    return gateway.wording.say(f"topic_{label}") if f"topic_{label}" in gateway.wording else label


def reason_of(gateway: Gateway, reason: str) -> str:
    """What a customer ticked, in the words of the chat; what was written stays as it is."""
    strings: Mapping[str, str] = gateway.interfaces[MAIN_LANGUAGE].strings
    return strings.get(f"reason_{reason}", reason)
