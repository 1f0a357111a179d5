"""Handing over to customer service: checked as a whole, kept once, with its files, its mails and what led to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.conversations import Conversation, Message, TranscriptLine
from bot.core.email_addresses import is_address
from bot.core.lengths import LONGEST_EMAIL
from bot.core.mails import Mail
from bot.core.personal_data import mask_personal_data
from bot.core.plain_text import one_line, plain_text
from bot.core.promotion import Promotion, ReferenceFormat
from bot.core.tickets import GivenAnswer, Ticket, TicketFile
from bot.services.ports import Clock, Conversations, InvalidInput
from bot.services.ticket_ports import Tickets

LONGEST = {"topic": 100, "claim_reference": 40, "message": 4000, "name": 100, "email": LONGEST_EMAIL, "company": 100}
"""The fields of the form, in its order, with the most characters each takes."""
REQUIRED = ("name", "email", "message")


class InvalidTicket(InvalidInput):
    """Some fields cannot be used; ``problems`` has the wording key of what is wrong for each of them."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"these fields of the form cannot be used: {', '.join(problems)}")
        self.problems = problems


@dataclass(frozen=True)
class Given:
    """What a form brings along beside its typed fields."""

    form: str
    """Sent again, it is the same ticket."""
    shown_until: str = ""
    """The last message of the conversation that the form had shown."""
    kept_lines: Collection[str] = field(default_factory=frozenset)
    """The messages, by id, that the customer lets go along."""
    files: Sequence[TicketFile] = ()
    follows: str = ""
    """The ticket of the same words that was opened before these files were added."""


@dataclass(frozen=True)
class TicketDesk:
    """Everything a ticket is opened with."""

    tickets: Tickets
    conversations: Conversations
    promotion: Promotion
    clock: Clock
    topics: Sequence[str]
    """What a customer can choose as the topic."""
    mails: Callable[[str, Ticket, str], Sequence[Mail]]
    """The mails about a ticket with its reference, and with that of the one it adds files to, if there is one."""


def open_ticket(desk: TicketDesk, conversation: Conversation, typed: Mapping[str, str], given: Given) -> str:
    """Keep the ticket and return its reference; the same form sent again gives the same one.

    Raises ``Unavailable`` if it cannot be kept, and ``InvalidTicket`` as ``check_fields`` does.
    """
    fields = check_fields(typed, desk.topics)
    said, kept = chosen_lines(desk, conversation, given)
    ticket = Ticket(
        promotion=desk.promotion.key,
        conversation=conversation.id,
        at=desk.clock.now(),
        transcript=masked_transcript(kept, desk.promotion.claim_reference),
        lines_left_out=len(said) - len(kept),
        answers=given_answers(kept),
        files=tuple(given.files),
        topic=fields["topic"],
        name=fields["name"],
        email=fields["email"],
        company=fields["company"],
        claim_reference=fields["claim_reference"],
        message=fields["message"],
    )
    return desk.tickets.open(ticket, given.form, lambda reference: desk.mails(reference, ticket, given.follows))


def check_fields(typed: Mapping[str, str], topics: Sequence[str]) -> dict[str, str]:
    """The fields as they are kept; raises ``InvalidTicket`` with every wrong one."""
    given = {name: typed.get(name, "") for name in LONGEST}
    fields = {name: plain_text(text) if name == "message" else one_line(text) for name, text in given.items()}
    problems = {name: key for name, text in fields.items() if (key := _problem(name, text, topics))}
    if problems:
        raise InvalidTicket(problems)
    return fields


def chosen_lines(
    desk: TicketDesk, conversation: Conversation, given: Given
) -> tuple[Sequence[Message], Sequence[Message]]:
    """What the form had shown of the conversation, and what of it goes along. Raises ``Unavailable``."""
    said = _shown(desk.conversations.messages(conversation.id), given.shown_until)
    return said, [message for message in said if message.id in given.kept_lines]


def masked_transcript(messages: Sequence[Message], reference_format: ReferenceFormat) -> tuple[TranscriptLine, ...]:
    """The conversation as it goes along: personal data masked, approved answers word for word."""
    return tuple(masked_line(message, reference_format) for message in messages)


def masked_line(message: Message, reference_format: ReferenceFormat) -> TranscriptLine:
    """One message as it goes along."""
    if message.reply is not None and message.reply.faq_id:
        return TranscriptLine(message.speaker, message.text)
    return TranscriptLine(message.speaker, mask_personal_data(message.text, reference_format))


def given_answers(messages: Sequence[Message]) -> tuple[GivenAnswer, ...]:
    """What the desk had replied in these messages, and why."""
    replies = [message.reply for message in messages if message.reply is not None]
    return tuple(GivenAnswer(reply.kind.value, reply.faq_id or "", reply.version or "", reply.why) for reply in replies)


def _shown(messages: Sequence[Message], last: str) -> Sequence[Message]:
    """The messages up to the last one that the form had shown: what it had not shown does not go along unseen."""
    places = [place for place, message in enumerate(messages) if message.id == last]
    return messages[: places[0] + 1] if places else []


def _problem(name: str, text: str, topics: Sequence[str]) -> str:
    """The wording key of what is wrong with a field, or nothing."""
    if not text:
        return f"ticket_{name}_missing" if name in REQUIRED else ""
    if name == "topic":
        return "" if text in topics else "ticket_topic_unknown"
    if len(text) > LONGEST[name]:
        return f"ticket_{name}_too_long"
    if name == "email" and not is_address(text):
        return "ticket_email_unreadable"
    return ""
