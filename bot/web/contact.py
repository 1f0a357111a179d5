"""The contact form: the way from the chat to customer service, with the conversation and files attached."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.conversations import Conversation
from bot.core.email_addresses import comparable_email
from bot.core.uploads import MOST_FILES
from bot.services.gateway import Gateway
from bot.services.keep_uploads import FileProblem, keep_uploads, remove_uploads
from bot.services.open_ticket import Given, InvalidTicket, check_fields, open_ticket
from bot.services.ports import Unavailable
from bot.web.body_limits import FORM_BYTES, UPLOAD_LIMIT, declared_length
from bot.web.chat import count_sender
from bot.web.client_address import address_of
from bot.web.contact_page import FormState, form_page, prefilled_page
from bot.web.errors import Refused
from bot.web.forms import is_own_form
from bot.web.receipt import Receipt, receipt_of
from bot.web.sent_before import arrival
from bot.web.sent_form import SentForm, read_contact_form
from bot.web.session import Session

router = APIRouter()

TRAP = "website"
"""A field that people do not see; what fills it is a program."""


class _Wrong(Exception):
    """Something has to be corrected before the form can be sent."""

    def __init__(self, fields: Mapping[str, str], files: list[FileProblem]) -> None:
        self.fields = fields
        self.files = files


@router.get("/contact")
async def show_form(request: Request) -> Response:
    """The form as the conversation fills it in. The address may name a conversation; shown is only the own session's."""
    return await prefilled_page(request)


@router.post("/contact")
async def send(request: Request) -> Response:
    """Open the ticket, or show what has to be corrected with nothing lost."""
    with ExitStack() as under_way:
        refusal = await _refused_unread(request, under_way)
        async with read_contact_form(request) as sent:
            return await _answer(request, sent, refusal)


@router.get("/contact/sent")
async def confirm(request: Request) -> Response:
    """The confirmation; only for a reference that this server has given out."""
    page: Response = request.app.state.templates.TemplateResponse(
        request, "contact_sent.html", {"receipt": receipt_of(request)}
    )
    return page


async def _refused_unread(request: Request, under_way: ExitStack) -> Refused | None:
    """Why the form is not accepted, whatever is in it. It is read all the same, but for its files: what was typed is
    shown again. Files are taken from those only who have opened the form, and from so many at once."""
    if not request.app.state.sessions.is_known(request):
        setattr(request.state, UPLOAD_LIMIT, FORM_BYTES)
    try:
        await count_sender(request)
        if not 0 < declared_length(request.scope) <= FORM_BYTES:
            under_way.enter_context(request.app.state.limiter.upload(address_of(request)))
    except Refused as refused:
        if refused.code == "cross_site":
            raise
        setattr(request.state, UPLOAD_LIMIT, FORM_BYTES)
        return refused
    return None


async def _answer(request: Request, sent: SentForm, refusal: Refused | None) -> Response:
    try:
        if refusal:
            raise refusal
        if not is_own_form(request, sent.fields):
            raise Refused("form_expired")
        session = await request.app.state.sessions.find_of_form(request)
        await request.app.state.limiter.count_session(session.key)
        arrived = await asyncio.to_thread(arrival, request, session, sent)
        sent = arrived.sent
        reference = arrived.reference or await _sent(request, session, sent, arrived.follows)
        receipt = Receipt(
            reference,
            went_alone=await _went_alone(request.app.state.gateway, reference, sent),
            is_again=arrived.is_again,
            follows=arrived.follows,
        )
    except _Wrong as wrong:
        return await form_page(request, FormState(sent, problems=wrong.fields, file_problems=wrong.files))
    except Unavailable:
        return await form_page(request, FormState(sent, refused=Refused("unavailable")))
    except Refused as refused:
        return await form_page(request, FormState(sent, refused=refused))
    response = RedirectResponse(f"/contact/sent?{receipt.sealed(request)}", status_code=303)
    request.app.state.sessions.remember(request, response, session)
    return response


async def _sent(request: Request, session: Session, sent: SentForm, follows: str) -> str:
    """The ticket's reference; raises ``_Wrong``, ``Refused`` or ``Unavailable``.

    Files are kept first: whatever else is wrong, they need not be chosen again. Whoever fills the trap gets the form
    back: programs give up, a person sends it once more.
    """
    conversation = await request.app.state.sessions.conversation(session)
    problems = await _files_taken(request, session, conversation, sent)
    if sent.is_cut_short:
        problems.append(FileProblem("", "files_too_large_together"))
    if sent.files_left_out:
        problems.append(FileProblem("", "files_left_out"))
    if sent.fields.get(TRAP):
        raise Refused("trapped")
    if not sent.took_at_least(request, request.app.state.limiter.limits.fill_seconds):
        raise Refused("too_quick")
    return await _opened(request, session, conversation, sent, follows, problems)


async def _opened(
    request: Request,
    session: Session,
    conversation: Conversation,
    sent: SentForm,
    follows: str,
    problems: list[FileProblem],
) -> str:
    gateway: Gateway = request.app.state.gateway
    wrong: Mapping[str, str] = {}
    try:
        fields = check_fields(sent.fields, gateway.contact.topics)
    except InvalidTicket as invalid:
        wrong = invalid.problems
    if wrong or problems:
        raise _Wrong(wrong, problems)
    sender = {
        "session": session.key,
        "address": address_of(request),
        "email": comparable_email(fields["email"]),
    }
    await request.app.state.limiter.check_ticket(**sender)
    form = request.app.state.sessions.form_seal(session, sent.form)
    files = await asyncio.to_thread(gateway.files.uploads.unsent, form)
    if sent.attached_files - {file.id for file in files}:
        # A double click, of which the first has taken the files already, or a form that lay there too long.
        earlier = await asyncio.to_thread(gateway.contact.tickets.sent_as, form)
        if earlier is None:
            raise _Wrong({}, [FileProblem("", "files_choose_again")])
        return earlier
    given = Given(form, sent.shown_until, sent.kept_lines, files, follows)
    reference = await asyncio.to_thread(open_ticket, gateway.contact, conversation, sent.fields, given)
    await request.app.state.limiter.count_ticket(**sender)
    return reference


async def _files_taken(
    request: Request, session: Session, conversation: Conversation, sent: SentForm
) -> list[FileProblem]:
    """What is wrong with the files, after those that may be kept are; raises ``Refused`` or ``Unavailable``."""
    gateway: Gateway = request.app.state.gateway
    form = request.app.state.sessions.form_seal(session, sent.form)
    await asyncio.to_thread(remove_uploads, gateway.files, form, sent.removed_files)
    if not sent.files:
        return []
    number = min(len(sent.files), MOST_FILES)
    await request.app.state.limiter.count_files(number, session=session.key, address=address_of(request))
    threads = request.app.state.inspection_threads
    return await asyncio.get_running_loop().run_in_executor(
        threads, keep_uploads, gateway.files, conversation.id, form, sent.files
    )


async def _went_alone(gateway: Gateway, reference: str, sent: SentForm) -> bool:
    """Whether the lines that the customer wanted to send did not go along: the chat was ended before."""
    if not sent.kept_lines:
        return False
    kept = await asyncio.to_thread(gateway.contact.tickets.find, reference)
    return kept is not None and not kept.ticket.transcript and not kept.ticket.lines_left_out
