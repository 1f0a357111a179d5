"""One turn of a conversation: what the customer says is kept, answered, and the answer kept too."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.core.conversations import Conversation, Message, OfferedButton, new_id
from bot.core.faq import Faq
from bot.core.personal_data import mask_personal_data
from bot.core.promotion import Promotion
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.wording import Wording
from bot.services.ports import Bot, Clock, Conversations, InvalidInput, Lookups, Unavailable
from bot.services.search_faq import search_faq

CONTACT = "/contact"
ANSWER_SECONDS = 8.0


@dataclass(frozen=True)
class ChatDesk:
    """Everything a conversation is held with."""

    bot: Bot
    conversations: Conversations
    faq: Faq
    promotion: Promotion
    wording: Wording
    clock: Clock
    lookups: Lookups


async def hold_conversation(
    desk: ChatDesk,
    conversation: Conversation,
    *,
    text: str = "",
    button: str = "",
    key: str = "",
    answer_seconds: float = ANSWER_SECONDS,
) -> list[Message]:
    """Answer a text, or a button by its opaque id; never an empty list, also when the bot does not answer in time.

    A ``key`` that was answered before in this conversation gets those replies again. Raises ``InvalidInput`` if the button was not offered in this conversation, ``Unavailable`` if nothing can be kept.
    """
    said_id = id_of_turn(conversation, key) if key else new_id()
    answered = await asyncio.to_thread(desk.conversations.replies_to, conversation.id, said_id) if key else None
    if answered:
        return answered
    pressed = await _offered(desk, conversation, button) if button else None
    said = pressed.label if pressed else text
    masked = mask_personal_data(said, desk.promotion.claim_reference)
    if answered is None:  # else it was kept, and whoever was to answer it did not come so far
        await _keep(desk, conversation, [Message(said_id, desk.clock.now(), masked)])
    try:
        replies = await asyncio.wait_for(_ask(desk.bot, conversation, said_id, text, pressed), answer_seconds)
    except (Unavailable, asyncio.TimeoutError):
        replies = [reply_without_bot(said, desk.faq, desk.wording)]
    answers = [_as_message(desk, conversation, reply) for reply in replies]
    await _keep(desk, conversation, answers)
    return answers


def reply_without_bot(text: str, faq: Faq, wording: Wording) -> Reply:
    """What helps a customer while the bot cannot answer: FAQ entries found by their words, and the contact form."""
    entries = search_faq(faq, text)
    links = [Link(entry.question, f"/#{entry.id}") for entry in entries]
    key = "assistant_unavailable_with_entries" if entries else "assistant_unavailable"
    return Reply(ReplyKind.NOTICE, wording.say(key), links=(*links, Link(wording.say("contact_form"), CONTACT)))


def id_of_turn(conversation: Conversation, key: str) -> str:
    """The id of the message sent under this key: one and the same for the same key, and of this conversation only."""
    return hashlib.sha256(f"{conversation.id} {key}".encode()).hexdigest()[:40]


async def _offered(desk: ChatDesk, conversation: Conversation, button: str) -> OfferedButton:
    pressed = await asyncio.to_thread(desk.conversations.button, conversation.id, button)
    if pressed is None:
        raise InvalidInput("this button was not offered in this conversation; send the message as text")
    return pressed


async def _ask(
    bot: Bot, conversation: Conversation, turn: str, text: str, pressed: OfferedButton | None
) -> list[Reply]:
    if pressed is None:
        return await bot.reply(conversation.id, turn, text=text)
    return await bot.reply(conversation.id, turn, command=pressed.command)


async def _keep(desk: ChatDesk, conversation: Conversation, messages: Iterable[Message]) -> None:
    await asyncio.to_thread(desk.conversations.add, conversation.id, *messages)


def _as_message(desk: ChatDesk, conversation: Conversation, reply: Reply) -> Message:
    """The reply under fresh ids, its way to the contact form marked with the conversation."""
    links = tuple(_with_reference(link, conversation) for link in reply.links)
    buttons = tuple(OfferedButton(new_id(), button.label, button.command) for button in reply.buttons)
    return Message(new_id(), desk.clock.now(), reply.text, replace(reply, links=links), buttons)


def _with_reference(link: Link, conversation: Conversation) -> Link:
    if link.url != CONTACT:
        return link
    return replace(link, url=f"{CONTACT}?conversation={conversation.reference}")
