"""What the contact form can know from the conversation: what it is about, which claim, and what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.conversations import Message
from bot.core.faq import Faq
from bot.core.personal_data import mask_personal_data
from bot.core.promotion import ReferenceFormat
from bot.core.replies import Reply, ReplyKind
from bot.core.wording import Wording
from bot.services.ports import LookupDetails

_ONLY_HIDDEN = re.compile(r"(?:‹[^›]*›|[\s\W])*")
_UNANSWERED = (ReplyKind.NOTICE, ReplyKind.SUGGESTIONS)
_SUBSTANTIAL = (ReplyKind.ANSWER, ReplyKind.LOOKUP, ReplyKind.QUESTION, ReplyKind.SUGGESTIONS)


@dataclass(frozen=True)
class Prefilled:
    """The fields of the form as the conversation suggests them."""

    topic: str = ""
    claim_reference: str = ""
    message: str = ""


@dataclass(frozen=True)
class _Turn:
    """What the customer said, and the replies to it."""

    said: str
    replies: tuple[Reply, ...]


def topics(faq: Faq, wording: Wording) -> list[str]:
    """What can be chosen: the customer's own claim, the page's sections, and anything else."""
    sections = [title for title, _ in faq.sections()]
    return [wording.say("contact_topic_claim"), *sections, wording.say("contact_topic_other")]


def prefill_ticket(
    messages: Sequence[Message], details: LookupDetails, faq: Faq, wording: Wording, reference_format: ReferenceFormat
) -> Prefilled:
    """The fields as the conversation suggests them; what the customer said stays masked."""
    turns = list(_turns(messages))
    return Prefilled(
        topic=_topic(turns, details, faq, wording),
        claim_reference=details.verified_reference or details.reference or "",
        message=mask_personal_data(_asked(turns), reference_format),
    )


def _turns(messages: Sequence[Message]) -> Iterator[_Turn]:
    said, replies = "", []
    for message in messages:
        if message.reply is not None:
            replies.append(message.reply)
            continue
        if said:
            yield _Turn(said, tuple(replies))
        said, replies = message.text, []
    if said:
        yield _Turn(said, tuple(replies))


def _topic(turns: Sequence[_Turn], details: LookupDetails, faq: Faq, wording: Wording) -> str:
    """The subject of the latest reply that has one. Purchases are looked up too, but without a reference or an address."""
    about_claim = bool(details.reference or details.email)
    for reply in (reply for turn in reversed(turns) for reply in reversed(turn.replies)):
        if reply.faq_id and reply.faq_id in faq:
            return faq[reply.faq_id].section
        if about_claim and reply.kind in (ReplyKind.LOOKUP, ReplyKind.QUESTION):
            return wording.say("contact_topic_claim")
    return ""


def _asked(turns: Sequence[_Turn]) -> str:
    """What stays to be settled: the customer's latest words that got no answer, or else the latest question.

    Small talk, the wish for a person, and bare references or addresses are no questions.
    """
    questions = [turn for turn in turns if not _ONLY_HIDDEN.fullmatch(turn.said) and _is_question(turn)]
    open_ones = [turn for turn in questions if all(reply.kind in _UNANSWERED for reply in turn.replies)]
    for turn in (*reversed(open_ones), *reversed(questions)):
        return turn.said
    return ""


def _is_question(turn: _Turn) -> bool:
    if not turn.replies:
        return True
    return any(
        reply.kind in _SUBSTANTIAL or (reply.kind is ReplyKind.NOTICE and (reply.links or reply.buttons))
        for reply in turn.replies
    )
