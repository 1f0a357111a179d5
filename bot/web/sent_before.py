"""Finds the ticket that a sent form got already: by the form, or because a fresh form says what was said moments ago."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import Request

from bot.services.gateway import Gateway
from bot.services.keep_uploads import digest_of
from bot.services.open_ticket import Given
from bot.services.recognise_message import brings_more, is_about, sent_moments_ago
from bot.services.ticket_ports import KeptTicket
from bot.web.sent_form import SentForm
from bot.web.session import Session


@dataclass(frozen=True)
class Arrival:
    """What is to become of a form."""

    sent: SentForm
    """The form, under another id where its own has a ticket that says something else."""
    reference: str = ""
    """The ticket it got already; none if it is to be opened."""
    follows: str = ""
    """The ticket that has the same words, but not these files."""
    is_again: bool = False
    """It came from another form and was known by what it says."""


def arrival(request: Request, session: Session, sent: SentForm) -> Arrival:
    """Whether the form was sent before; raises ``Unavailable``.

    No file is lost by that: a form with the words of a ticket and other files goes on as a ticket of its own.
    """
    gateway: Gateway = request.app.state.gateway
    contact, follows = gateway.contact, ""
    while (reference := contact.tickets.sent_as(request.app.state.sessions.form_seal(session, sent.form))) is not None:
        kept = contact.tickets.find(reference)
        if kept is None:
            return Arrival(sent, reference)
        if not is_about(kept, sent.fields, contact.topics):
            sent = sent.as_another(request)
        elif _brings_more(gateway, kept, sent):
            follows, sent = reference, _with_other_files(request, sent, kept)
        else:
            return Arrival(sent, reference, follows)
    return _known_by_its_words(gateway, session, sent, follows)


def _known_by_its_words(gateway: Gateway, session: Session, sent: SentForm, follows: str) -> Arrival:
    """Going back, a browser without JavaScript fetches a new form: what is sent from it again is one ticket all the same."""
    if session.conversation is None:
        return Arrival(sent)
    given = Given(sent.form, sent.shown_until, sent.kept_lines)
    for kept in sent_moments_ago(gateway.contact, session.conversation, sent.fields, given):
        if not _brings_more(gateway, kept, sent):
            return Arrival(sent, kept.reference, is_again=True)
        follows = follows or kept.reference
    return Arrival(sent, follows=follows)


def _brings_more(gateway: Gateway, kept: KeptTicket, sent: SentForm) -> bool:
    """Also if it cannot be said, because not all of the form was read."""
    if sent.is_cut_short or sent.files_left_out:
        return True
    return brings_more(gateway.files.uploads, kept, sent.attached_files, sent.files)


def _with_other_files(request: Request, sent: SentForm, kept: KeptTicket) -> SentForm:
    """As a form of its own; the files that went with the ticket before are not waited for."""
    gone = {file.id for file in kept.ticket.files}
    return replace(sent.as_another(request, *map(digest_of, sent.files)), attached_files=sent.attached_files - gone)
