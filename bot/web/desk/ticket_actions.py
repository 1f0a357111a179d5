"""What agents do with a ticket, each by a plain form with the version that was looked at."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.tickets import ForbiddenTransition, TicketState
from bot.services.answer_ticket import answer_ticket
from bot.services.assign_ticket import assign_ticket, release_ticket
from bot.services.change_ticket import ChangedMeanwhile, UnknownTicket
from bot.services.move_ticket import move_ticket
from bot.services.note_on_ticket import note_on_ticket
from bot.services.ports import InvalidInput
from bot.services.queue_desk import Asked, QueueDesk
from bot.services.show_ticket import show_ticket
from bot.services.written_words import UnusableWords
from bot.web.desk.access import SignedIn, console_of, desk_form, signed_in
from bot.web.desk.ticket import Sent, ticket_page
from bot.web.errors import Refused
from bot.web.forms import read_form

router = APIRouter()
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
Typed = Mapping[str, str]


def _state(typed: Typed, name: str) -> TicketState:
    try:
        return TicketState(typed.get(name, ""))
    except ValueError as error:
        raise Refused("invalid_message") from error


ACTIONS: Mapping[str, Callable[[QueueDesk, Asked, Typed], None]] = {
    "assign": lambda desk, asked, typed: assign_ticket(desk, asked, typed.get("to", "")),
    "release": lambda desk, asked, typed: release_ticket(desk, asked),  # noqa: ARG005 - as the others
    "answer": lambda desk, asked, typed: answer_ticket(desk, asked, typed.get("answer", ""), _state(typed, "then")),
    "note": lambda desk, asked, typed: note_on_ticket(desk, asked, typed.get("note", "")),
    "state": lambda desk, asked, typed: move_ticket(desk, asked, _state(typed, "state")),
}


@router.post("/desk/tickets/{reference}/{action}")
async def act(request: Request, reference: str, action: str) -> Response:
    """Do it, and go back to the ticket; or show the ticket with what was typed, and why it is not done."""
    who = await signed_in(request)
    if action not in ACTIONS:
        raise Refused("not_found")
    try:
        typed = await desk_form(request, who)
    except Refused as refused:
        if refused.code != "form_expired":
            raise
        old = await read_form(request)
        return await _again(request, who, reference, Sent(old, _words(request, "desk_form_old"), action=action))
    asked = _asked(who, reference, typed)
    try:
        await asyncio.to_thread(ACTIONS[action], console_of(request).queue, asked, typed)
    except UnknownTicket as unknown:
        raise Refused("not_found") from unknown
    except ChangedMeanwhile as changed:
        sent = Sent(typed, _words(request, "desk_changed_meanwhile"), changed.since, action)
        return await ticket_page(request, who, changed.kept, sent)
    except (InvalidInput, ForbiddenTransition) as error:
        return await _again(request, who, reference, Sent(typed, _problem(request, error), action=action))
    return RedirectResponse(f"/desk/tickets/{reference}?done={action}", status_code=303)


def _asked(who: SignedIn, reference: str, typed: Typed) -> Asked:
    """What the form asks for; raises ``Refused`` for a form that no page of the desk has made."""
    version, key = typed.get("version", ""), typed.get("key", "")
    if not (version.isascii() and version.isdecimal() and len(version) < 10 and _KEY.fullmatch(key)):
        raise Refused("invalid_message")
    return Asked(who.agent, reference, int(version), key)


async def _again(request: Request, who: SignedIn, reference: str, sent: Sent) -> Response:
    try:
        kept = await asyncio.to_thread(show_ticket, console_of(request).queue, who.agent, reference)
    except UnknownTicket as unknown:
        raise Refused("not_found") from unknown
    return await ticket_page(request, who, kept, sent)


def _problem(request: Request, error: Exception) -> str:
    if isinstance(error, UnusableWords):
        return _words(request, error.key)
    return _words(request, "desk_not_possible") if isinstance(error, ForbiddenTransition) else str(error)


def _words(request: Request, key: str) -> str:
    words: str = request.app.state.gateway.wording.say(key)
    return words
