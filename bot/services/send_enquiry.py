"""Sending an enquiry to customer service: checked as a whole, kept once, with the conversation that led to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.conversations import Conversation, Message, TranscriptLine
from bot.core.enquiries import Enquiry
from bot.core.personal_data import mask_personal_data
from bot.core.plain_text import one_line, plain_text
from bot.core.promotion import Promotion, ReferenceFormat
from bot.services.ports import Clock, Conversations, Enquiries, InvalidInput

LONGEST = {"name": 100, "email": 254, "company": 100, "claim_reference": 40, "message": 4000}
"""The fields of the form with the most characters each takes."""
REQUIRED = ("name", "email", "message")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")


class InvalidEnquiry(InvalidInput):
    """Some fields cannot be used; ``problems`` has the wording key of what is wrong for each of them."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"these fields of the enquiry cannot be used: {', '.join(problems)}")
        self.problems = problems


@dataclass(frozen=True)
class EnquiryDesk:
    """Everything an enquiry is sent with."""

    enquiries: Enquiries
    conversations: Conversations
    promotion: Promotion
    clock: Clock


def send_enquiry(desk: EnquiryDesk, conversation: Conversation, typed: Mapping[str, str], form: str) -> str:
    """Keep the enquiry and return its ticket reference; the same form sent again gives the same one.

    Raises ``InvalidEnquiry`` with every wrong field, ``Unavailable`` if it cannot be kept.
    """
    fields = _checked(typed)
    transcript = masked_transcript(desk.conversations.messages(conversation.id), desk.promotion.claim_reference)
    enquiry = Enquiry(
        promotion=desk.promotion.key,
        conversation=conversation.id,
        at=desk.clock.now(),
        transcript=transcript,
        **fields,
    )
    return desk.enquiries.add(enquiry, form)


def masked_transcript(messages: list[Message], reference_format: ReferenceFormat) -> tuple[TranscriptLine, ...]:
    """The conversation as it goes along: personal data masked, approved answers word for word."""
    return tuple(_masked(message, reference_format) for message in messages)


def _masked(message: Message, reference_format: ReferenceFormat) -> TranscriptLine:
    if message.reply is not None and message.reply.faq_id:
        return TranscriptLine(message.speaker, message.text)
    return TranscriptLine(message.speaker, mask_personal_data(message.text, reference_format))


def _checked(typed: Mapping[str, str]) -> dict[str, str]:
    given = {field: typed.get(field, "") for field in LONGEST}
    fields = {field: plain_text(text) if field == "message" else one_line(text) for field, text in given.items()}
    problems = {field: key for field, text in fields.items() if (key := _problem(field, text))}
    if problems:
        raise InvalidEnquiry(problems)
    return fields


def _problem(field: str, text: str) -> str:
    """The wording key of what is wrong with a field, or nothing."""
    if not text:
        return f"enquiry_{field}_missing" if field in REQUIRED else ""
    if len(text) > LONGEST[field]:
        return f"enquiry_{field}_too_long"
    if field == "email" and not _EMAIL.fullmatch(text):
        return "enquiry_email_unreadable"
    return ""
