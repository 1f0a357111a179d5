"""What the contact form shows: what was typed or can be filled in, the conversation with its choices, the files."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from bot.core import uploads as rules
from bot.core.conversations import Message
from bot.core.tickets import TicketFile
from bot.services.gateway import Gateway
from bot.services.keep_uploads import FileProblem
from bot.services.open_ticket import LONGEST, masked_line
from bot.services.ports import LookupDetails, Unavailable
from bot.services.prefill_ticket import Prefilled, prefill_ticket
from bot.web.chat import messages_of
from bot.web.errors import Refused, words_for
from bot.web.forms import is_own_form
from bot.web.page import session_with_history
from bot.web.sent_form import FORM, SentForm, opened_now
from bot.web.session import Session


@dataclass(frozen=True)
class FormState:
    """A form that was sent and comes back, with what is wrong with it."""

    sent: SentForm
    problems: Mapping[str, str] = field(default_factory=dict)
    """Wording keys by field."""
    file_problems: Sequence[FileProblem] = ()
    refused: Refused | None = None

    @property
    def status(self) -> int:
        if self.refused:
            return self.refused.status
        return 422 if self.problems or self.file_problems else 200


@dataclass(frozen=True)
class Line:
    """A line of the conversation with the customer's choice."""

    id: str
    speaker: str
    text: str
    kept: bool


@dataclass(frozen=True)
class _Known:
    """What is kept of a form's session; nothing stands for what cannot be read at the moment."""

    messages: Sequence[Message] | None
    files: Sequence[TicketFile] | None
    is_own: bool = True
    """Whether the form was made in this browser; another one's conversation and files do not go along."""

    @property
    def is_hidden(self) -> bool:
        """The own conversation is there, but cannot be read at the moment."""
        return self.messages is None and self.is_own


async def prefilled_page(request: Request) -> Response:
    """The form as it is opened."""
    gateway: Gateway = request.app.state.gateway
    session, messages = await session_with_history(request)
    prefilled = await _prefilled(gateway, session, messages)
    fields = {**prefilled.__dict__, FORM: secrets.token_urlsafe(16)}
    return _page(request, session, _Known(messages, ()), FormState(SentForm(fields)))


async def form_page(request: Request, state: FormState) -> Response:
    """The form as it was sent, with what is wrong; its files are kept with it as far as they could be."""
    if state.refused:
        request.app.state.metrics.count_refusal(state.refused.code)
    gateway: Gateway = request.app.state.gateway
    fields, sessions = state.sent.fields, request.app.state.sessions
    state = replace(
        state, sent=replace(state.sent, fields={**fields, FORM: state.sent.form or secrets.token_urlsafe(16)})
    )
    is_own = is_own_form(request, fields)
    try:
        # Only the form's own session may see a conversation that is over.
        session = await (sessions.find_of_form if is_own else sessions.find)(request)
        messages = await messages_of(request, session)
        known = _Known(messages, await _unsent(request, gateway, session, state.sent.form), is_own)
    except Unavailable:
        session, known = sessions.find_without_history(request), _Known(None, None, is_own)
    return _page(request, session, known, state)


def _page(request: Request, session: Session, known: _Known, state: FormState) -> Response:
    refused = state.refused
    response: Response = request.app.state.templates.TemplateResponse(
        request,
        "contact.html",
        _context(request, session, known, state),
        status_code=state.status,
        headers={"Retry-After": str(refused.retry_after)} if refused and refused.retry_after else None,
    )
    request.app.state.sessions.remember(request, response, session)
    return response


def _context(request: Request, session: Session, known: _Known, state: FormState) -> dict[str, Any]:
    gateway: Gateway = request.app.state.gateway
    sent, wording = state.sent, gateway.wording
    messages, kept = known.messages or (), known.files or ()
    return {
        "typed": {name: sent.fields.get(name, "") for name in LONGEST},
        "problems": {name: wording.say(key) for name, key in state.problems.items()},
        "file_problems": _file_problems(gateway, known, state),
        "refused": words_for(state.refused, wording) if state.refused else "",
        "topics": gateway.contact.topics,
        "lines": _lines(gateway, messages, sent),
        "shown_until": messages[-1].id if messages else sent.shown_until,
        # While the own conversation cannot be read, the customer's choice is carried along unseen.
        "carried": sorted(sent.kept_lines) if known.is_hidden else [],
        "is_ended": _is_ended(known, sent.shown_until),
        "kept_files": [(file, rules.size_in_words(file.size)) for file in kept],
        "attached": sorted(sent.attached_files) if known.files is None else [file.id for file in kept],
        "most_files": rules.MOST_FILES,
        "largest_file": rules.LARGEST_FILE,
        "together": rules.LARGEST_TOGETHER // rules.MEGABYTE,
        "token": request.app.state.sessions.form_token(session),
        "form": sent.form,
        "opened": sent.opened(request) or opened_now(request, sent.form),
    }


def _lines(gateway: Gateway, messages: Sequence[Message], sent: SentForm) -> list[Line]:
    """Every line as it goes along; one that the form had not shown yet is in, until the customer says otherwise."""
    places = {message.id: place for place, message in enumerate(messages)}
    shown = places.get(sent.shown_until, -1)
    return [
        Line(message.id, line.speaker, line.text, message.id in sent.kept_lines or place > shown)
        for place, message in enumerate(messages)
        for line in (masked_line(message, gateway.promotion.claim_reference),)
    ]


def _is_ended(known: _Known, shown_until: str) -> bool:
    """Whether the conversation that the form had shown was ended meanwhile: nothing of it goes along."""
    ids = {message.id for message in known.messages or ()}
    return bool(shown_until) and not known.is_hidden and shown_until not in ids


def _file_problems(gateway: Gateway, known: _Known, state: FormState) -> list[str]:
    """What is wrong with the files; those that have to be chosen again are told of once."""
    told = [_file_problem(gateway, problem, state.sent) for problem in state.file_problems]
    sent, kept = state.sent, {file.id for file in known.files or ()}
    is_gone = known.files is not None and bool(sent.attached_files - kept)
    again = gateway.wording.say("files_choose_again")
    if again not in told and (is_gone or ((sent.files or sent.is_cut_short) and not kept and not told)):
        told.append(again)
    return told


def _file_problem(gateway: Gateway, problem: FileProblem, sent: SentForm) -> str:
    reason = gateway.wording.say(
        problem.key,
        megabytes=rules.LARGEST_FILE // rules.MEGABYTE,
        together=rules.LARGEST_TOGETHER // rules.MEGABYTE,
        files=rules.MOST_FILES,
        left_out=sent.files_left_out,
    )
    return f"{problem.name}: {reason}" if problem.name else reason


async def _prefilled(gateway: Gateway, session: Session, messages: Sequence[Message]) -> Prefilled:
    if session.conversation is None:
        return Prefilled()
    try:
        details = await asyncio.to_thread(gateway.lookups.details, session.conversation.id)
    except Unavailable:
        details = LookupDetails()
    return prefill_ticket(messages, details, gateway.faq, gateway.wording, gateway.promotion.claim_reference)


async def _unsent(request: Request, gateway: Gateway, session: Session, form: str) -> list[TicketFile]:
    """The files kept with this form."""
    seal = request.app.state.sessions.form_seal(session, form)
    return await asyncio.to_thread(gateway.files.uploads.unsent, seal)
