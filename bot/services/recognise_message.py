"""Know a message that was sent before: in the same conversation, moments ago, with the same words and the same lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bot.core.conversations import Conversation
from bot.services.keep_uploads import SentFile, digest_of
from bot.services.open_ticket import Given, InvalidTicket, TicketDesk, check_fields, chosen_lines, masked_transcript
from bot.services.ticket_ports import KeptTicket, Uploads

MOMENTS = timedelta(minutes=10)
"""Whoever goes back and sends again does so within this time; the same words a day later are a question asked again."""


def is_about(kept: KeptTicket, typed: Mapping[str, str], topics: Sequence[str]) -> bool:
    """Whether these fields are what the ticket was opened with."""
    try:
        fields = check_fields(typed, topics)
    except InvalidTicket:
        return False
    return all(getattr(kept.ticket, name) == text for name, text in fields.items())


def sent_moments_ago(
    desk: TicketDesk, conversation: Conversation, typed: Mapping[str, str], given: Given
) -> list[KeptTicket]:
    """The tickets that say just this, with the same lines of the conversation, oldest first. Raises ``Unavailable``."""
    since = desk.clock.now() - MOMENTS
    same = [kept for kept in desk.tickets.of_conversation(conversation.id, since) if is_about(kept, typed, desk.topics)]
    if not same:
        return []
    _, lines = chosen_lines(desk, conversation, given)
    transcript = masked_transcript(lines, desk.promotion.claim_reference)
    return [kept for kept in same if kept.ticket.transcript == transcript]


def brings_more(uploads: Uploads, kept: KeptTicket, attached: Collection[str], sent: Sequence[SentFile]) -> bool:
    """Whether a file that is attached to the form, by id, or sent with it is not with the ticket. Raises ``Unavailable``."""
    own = {file.id for file in kept.ticket.files}
    if not own.issuperset(attached):
        return True
    return bool(sent) and not uploads.digests(own).issuperset(map(digest_of, sent))
