"""One ticket's page, with its files; who opens them is noted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from bot.core.ages import age_in_words
from bot.core.conversations import new_id
from bot.core.ticket_deadlines import TURN_OF_THE_DESK
from bot.core.ticket_work import TicketEvent
from bot.core.tickets import GivenAnswer, TicketState
from bot.core.uploads import EXTENSIONS, size_in_words
from bot.core.view_reasons import Occasion
from bot.services.change_ticket import UnknownTicket
from bot.services.compose_reply import reply_frame
from bot.services.gateway import Gateway
from bot.services.queue_ports import WorkedTicket
from bot.services.show_ticket import show_file, show_ticket
from bot.services.suggest_answers import SuggestedAnswers, suggest_answers
from bot.services.written_words import LONGEST_WORDS
from bot.web.desk.access import SignedIn, console_of, desk_page, signed_in
from bot.web.desk.ticket_words import LATENESS, STATES, moment, moves, told, told_mail, told_states
from bot.web.errors import Refused

router = APIRouter()
DONE = {
    "answer": "Your answer is on its way.",
    "note": "Your note is kept.",
    "assign": "The ticket has been given.",
    "release": "The ticket is released.",
    "state": "The state is changed.",
}
SUGGEST_SECONDS = 2.0
FILE_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""Should a browser show a file in spite of everything, nothing in it runs, and it belongs to no site."""


@dataclass(frozen=True)
class Sent:
    """A form that was sent and comes back."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    """What is wrong with it, in words."""
    since: Sequence[TicketEvent] = ()
    """What others have done since the ticket was looked at."""
    action: str = ""

    @property
    def status(self) -> int:
        if self.since:
            return 409
        return 422 if self.problem else 200


@router.get("/desk/tickets/{reference}")
async def show(request: Request, reference: str, done: str = "") -> Response:
    """The ticket as it stands."""
    who = await signed_in(request)
    try:
        kept = await asyncio.to_thread(show_ticket, console_of(request).queue, who.agent, reference)
    except UnknownTicket as unknown:
        raise Refused("not_found") from unknown
    return await ticket_page(request, who, kept, Sent(), done=done if done in DONE else "")


@router.get("/desk/tickets/{reference}/files/{id}")
async def send_file(request: Request, reference: str, id: str) -> Response:
    """One of the ticket's files, to be saved: never shown within the desk."""
    who = await signed_in(request)
    try:
        file, path = await asyncio.to_thread(show_file, console_of(request).queue, who.agent, reference, id)
    except UnknownTicket as unknown:
        raise Refused("not_found") from unknown
    if not path.is_file():
        raise Refused("not_found")
    found = file.media_type if file.media_type in EXTENSIONS else "application/octet-stream"
    return FileResponse(path, media_type=found, filename=file.name, headers=FILE_HEADERS)


async def ticket_page(request: Request, who: SignedIn, kept: WorkedTicket, sent: Sent, *, done: str = "") -> Response:
    """The page of a ticket, with what was typed into it and what is wrong with that, or what was just ``done``."""
    team = await asyncio.to_thread(console_of(request).queue.team)
    context = {**_facts(request, kept), **_history(request, kept), "sent": sent}
    context |= {
        "others": [one for one in team if one.id != who.agent.id],
        "done": done,
        "told_done": DONE.get(done, ""),
        "key": new_id(),
        "moves": moves(kept.progress.state),
        "is_mine": kept.progress.assignee is not None and kept.progress.assignee.id == who.agent.id,
        "can_answer": kept.progress.state is not TicketState.SPAM,
        "longest": LONGEST_WORDS,
        "suggestions": await _suggestions(request, kept),
    }
    if context["suggestions"]:
        gateway: Gateway = request.app.state.gateway
        language = context["suggestions"].language
        context["frame"] = reply_frame(who.agent, language, gateway.promotion, gateway.wording)
    return desk_page(request, who, "desk/ticket.html", context, sent.status)


async def _suggestions(request: Request, kept: WorkedTicket) -> SuggestedAnswers | None:
    """What may be answered to a ticket that waits for an answer; an assistant that takes long is not waited for."""
    if kept.progress.state not in TURN_OF_THE_DESK:
        return None
    try:
        return await asyncio.wait_for(suggest_answers(kept.ticket.message, console_of(request).assist), SUGGEST_SECONDS)
    except asyncio.TimeoutError:
        return None


def _facts(request: Request, kept: WorkedTicket) -> dict[str, Any]:
    gateway: Gateway = request.app.state.gateway
    desk, ticket, progress = console_of(request).queue, kept.ticket, kept.progress
    now = desk.clock.now()
    why = {"why": Occasion.TICKET.value, "detail": kept.reference}
    lateness = desk.deadlines.cutoffs(now).lateness(progress.state, progress.turn_since)
    return {
        "kept": kept,
        "ticket": ticket,
        "progress": progress,
        "state": STATES[progress.state],
        "late": LATENESS[lateness],
        "age": age_in_words(now - ticket.at),
        "moment": lambda at: moment(at, now.tzinfo),
        "files": [(file, size_in_words(file.size)) for file in ticket.files],
        "given": [(answer, _asked(gateway, answer)) for answer in ticket.answers if answer.faq_id],
        "claims_of_email": f"/desk/claims?{urlencode({'q': ticket.email, **why})}",
        "claims_of_reference": f"/desk/claims?{urlencode({'q': ticket.claim_reference, **why})}",
    }


def _history(request: Request, kept: WorkedTicket) -> dict[str, Any]:
    now = console_of(request).queue.clock.now()
    return {
        "told": told,
        "told_states": told_states,
        "told_mail": lambda mail: told_mail(mail, now),
        "trouble": [mail for event in kept.events for mail in event.mails if mail.state.value == "given_up"],
    }


def _asked(gateway: Gateway, answer: GivenAnswer) -> str:
    """The published question that an answer belongs to; its id where it is published no more."""
    return gateway.faq[answer.faq_id].question if answer.faq_id in gateway.faq else answer.faq_id
