"""What agents read of tickets: states, marks, moments, and their histories in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.core.mails import MailKind, MailProgress, MailState
from bot.core.ticket_deadlines import Lateness
from bot.core.ticket_queue import StateGroup, Whose
from bot.core.ticket_work import EventKind, TicketEvent
from bot.core.tickets import TicketState, next_states
from bot.core.wording import MONTHS

STATES = {
    TicketState.NEW: "New",
    TicketState.OPEN: "Open",
    TicketState.WAITING: "Waiting for customer",
    TicketState.RESOLVED: "Resolved",
    TicketState.SPAM: "Spam",
}
GROUPS = {
    StateGroup.OPEN: "Open",
    StateGroup.WAITING: "Waiting",
    StateGroup.RESOLVED: "Resolved",
    StateGroup.SPAM: "Spam",
    StateGroup.ALL: "All",
}
WHOSE = {Whose.ANYBODYS: "Everybody’s", Whose.MINE: "Mine", Whose.NOBODYS: "Unassigned"}
LATENESS = {Lateness.NOTHING: "", Lateness.OVERDUE: "Overdue", Lateness.TO_BE_CLOSED: "To be closed"}
_MOVES = {
    TicketState.RESOLVED: "Resolve",
    TicketState.WAITING: "Wait for customer",
    TicketState.SPAM: "Spam",
    TicketState.OPEN: "Reopen",
}
_MAILS = {
    MailKind.SUPPORT: "Mail to customer service",
    MailKind.CONFIRMATION: "Confirmation to the customer",
    MailKind.ANSWER: "Mail to the customer",
}


def moment(at: datetime, zone: tzinfo | None) -> str:
    """A moment as people write it, in this zone: ``15 Dec 2023, 10:32``."""
    here = at.astimezone(zone)
    return f"{here.day} {MONTHS[here.month - 1][:3]} {here.year}, {here:%H:%M}"


def moves(state: TicketState) -> Sequence[tuple[TicketState, str]]:
    """Where an agent can move a ticket by hand, in the order of the buttons, and what these say."""
    possible = next_states(state) - ({TicketState.OPEN} if state is TicketState.NEW else frozenset())
    named = [(after, words) for after, words in _MOVES.items() if after in possible]
    return [(after, "Not spam") for after, _ in named] if state is TicketState.SPAM else named


def told(event: TicketEvent) -> str:
    """What has happened, in a sentence; its words stand apart."""
    by = event.by.name if event.by else "The desk"
    if event.kind is EventKind.OPENED:
        return "The ticket arrived."
    if event.kind is EventKind.ASSIGNED and event.to:
        return f"{by} took the ticket." if event.to == event.by else f"{by} gave the ticket to {event.to.name}."
    if event.kind is EventKind.RELEASED:
        return f"{by} released the ticket."
    if event.kind is EventKind.NOTE:
        return f"{by} noted:"
    if event.kind is EventKind.ANSWERED:
        return f"{by} answered:"
    return f"{by} changed the state."


def told_states(event: TicketEvent) -> str:
    """The states before and after it, where they differ."""
    if event.before is None or event.after is None or event.before is event.after:
        return ""
    return f"{STATES[event.before]} → {STATES[event.after]}"


def told_mail(mail: MailProgress, now: datetime) -> str:
    """How far a mail is, and why it is no further.

    Mails go by the real time: where the desk acts on another day, their moments are left out.
    """
    is_acted = mail.since > now + timedelta(days=1)
    name, since = _MAILS[mail.kind], "" if is_acted else f" {moment(mail.since, now.tzinfo)}"
    if mail.state is MailState.SENT:
        return f"{name}: sent{since}"
    if mail.state is MailState.GIVEN_UP:
        return f"{name}: not delivered, given up{since} after {mail.attempts} tries: {mail.problem}"
    if mail.problem:
        return f"{name}: waiting, tried {mail.attempts} times so far: {mail.problem}"
    return f"{name}: waiting to be sent"
