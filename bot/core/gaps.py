"""A gap: a question of a customer that the desk did not settle, found in what was said and how it was taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.core import intents
from bot.core.conversations import Message
from bot.core.explanations import TURNED_AWAY
from bot.core.personal_data import CLAIM_REFERENCE, EMAIL_ADDRESS
from bot.core.replies import Reply, ReplyKind

_PLACEHOLDER = re.compile(r"‹[^‹›]*›")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NONE_OF_THESE = f"intent:{intents.DENY}"
_UNDERSTOOD = frozenset({ReplyKind.ANSWER, ReplyKind.LOOKUP, ReplyKind.QUESTION})


class Failure(str, Enum):
    """What was wrong with how a question was handled."""

    NO_ANSWER = "no_answer"
    THUMBS_DOWN = "thumbs_down"
    HAND_OFF = "hand_off"


@dataclass(frozen=True)
class Gap:
    """One question that was not settled, with the customer's words as they are kept."""

    conversation: str
    text: str
    at: datetime
    failures: tuple[Failure, ...]
    reasons: tuple[str, ...] = ()
    """Why the thumb went down, as far as it was said."""
    answered_with: str = ""
    """The entry it was answered with, if it was."""


@dataclass(frozen=True)
class HeldConversation:
    """A conversation as far as its gaps can be seen in it."""

    id: str
    messages: Sequence[Message]
    thumbs_down: Mapping[str, str] = field(default_factory=dict)
    """The reasons of the replies that did not help, by the reply's id; empty where none was given."""
    handed_over_at: Sequence[datetime] = ()
    """When tickets were opened from it."""


@dataclass(frozen=True)
class SmallWords:
    """The desk's own sentences that tell, whatever version of the desk said them, how a message was taken."""

    missed: frozenset[str]
    """Those that say that something was not understood, or has no answer."""
    small_talk: frozenset[str]
    """Those that settle a greeting or thanks."""


@dataclass
class _Exchange:
    """What the customer said, and the replies to it."""

    said: Message
    replies: list[Message]
    is_pressed: bool
    failures: dict[Failure, None] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> set[ReplyKind]:
        return {reply.kind for reply in self.told()}

    def told(self) -> Iterator[Reply]:
        return (message.reply for message in self.replies if message.reply)


def gaps_in(held: HeldConversation, words: SmallWords) -> list[Gap]:
    """The questions of a conversation that were not settled, in the order they were asked."""
    exchanges = _exchanges(held.messages)
    for place, exchange in enumerate(exchanges):
        if not exchange.is_pressed and _is_missed(exchange, exchanges[place + 1 :], words):
            exchange.failures[Failure.NO_ANSWER] = None
        _note_thumbs(exchange, held.thumbs_down)
    for asked in _before_hand_offs(exchanges, held.handed_over_at, words):
        asked.failures[Failure.HAND_OFF] = None
    return [_gap(held.id, one) for one in exchanges if one.failures and is_worth_reading(one.said.text)]


def is_worth_reading(text: str) -> bool:
    """Whether a message says anything: not only placeholders, addresses of pages, signs, or one letter again and again."""
    rest = _ADDRESS.sub(" ", _PLACEHOLDER.sub(" ", text))
    return len({letter for letter in rest.casefold() if letter.isalpha()}) > 1


def has_placeholder(text: str) -> bool:
    """Whether something personal was hidden in it."""
    return "‹" in text or "›" in text


def _exchanges(messages: Sequence[Message]) -> list[_Exchange]:
    exchanges: list[_Exchange] = []
    offered: set[str] = set()
    for message in messages:
        if message.reply is None:
            exchanges.append(_Exchange(message, [], message.text in offered))
        elif exchanges:
            exchanges[-1].replies.append(message)
        if message.reply:
            offered.update(button.label for button in message.reply.buttons)
    return exchanges


def _is_missed(exchange: _Exchange, later: Sequence[_Exchange], words: SmallWords) -> bool:
    """Not understood, without an answer, or offered a choice that was never taken."""
    pressed = {one.said.text for one in later}
    for reply in exchange.told():
        if reply.kind is ReplyKind.SUGGESTIONS:
            choices = {button.label for button in reply.buttons if button.command != _NONE_OF_THESE}
            if choices.isdisjoint(pressed):
                return True
        elif _is_miss(reply, words):
            return True
    return False


def _is_miss(reply: Reply, words: SmallWords) -> bool:
    if reply.kind is not ReplyKind.NOTICE:
        return False
    return reply.text in words.missed or (TURNED_AWAY in reply.why and reply.text not in words.small_talk)


def _note_thumbs(exchange: _Exchange, thumbs_down: Mapping[str, str]) -> None:
    for message in exchange.replies:
        if message.id in thumbs_down:
            exchange.failures[Failure.THUMBS_DOWN] = None
            if thumbs_down[message.id]:
                exchange.reasons.append(thumbs_down[message.id])


def _before_hand_offs(
    exchanges: Sequence[_Exchange], tickets: Sequence[datetime], words: SmallWords
) -> Iterator[_Exchange]:
    """The last question before each hand-off: the form opened in the chat, or a ticket sent."""
    for place, exchange in enumerate(exchanges):
        if ReplyKind.HANDOFF in exchange.kinds:
            before = exchanges[: place + 1] if ReplyKind.ANSWER in exchange.kinds else exchanges[:place]
            yield from _last_question(before, words)
    for moment in tickets:
        yield from _last_question([one for one in exchanges if one.said.at <= moment], words)


def _last_question(exchanges: Sequence[_Exchange], words: SmallWords) -> list[_Exchange]:
    return next(([one] for one in reversed(exchanges) if _asks(one, words)), [])


def _asks(exchange: _Exchange, words: SmallWords) -> bool:
    """Whether it was typed and asks something; a reference or an address sent for a look-up does not."""
    gives = CLAIM_REFERENCE in exchange.said.text or EMAIL_ADDRESS in exchange.said.text
    if exchange.is_pressed or (gives and ReplyKind.ANSWER not in exchange.kinds):
        return False
    is_understood = not exchange.kinds.isdisjoint(_UNDERSTOOD) or ReplyKind.SUGGESTIONS in exchange.kinds
    return is_understood or any(_is_miss(reply, words) for reply in exchange.told())


def _gap(conversation: str, exchange: _Exchange) -> Gap:
    entries = [reply.faq_id for reply in exchange.told() if reply.faq_id]
    return Gap(
        conversation=conversation,
        text=exchange.said.text,
        at=exchange.said.at,
        failures=tuple(failure for failure in Failure if failure in exchange.failures),
        reasons=tuple(exchange.reasons),
        answered_with=entries[0] if entries else "",
    )
