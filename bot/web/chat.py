"""The chat for programs: a turn, the history of the own session, and the verdict on a reply."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from bot.adapters.logs import log_event
from bot.core.conversations import Conversation, Message
from bot.core.personal_data import mask_personal_data
from bot.core.plain_text import plain_text
from bot.core.replies import ReplyKind
from bot.services.end_conversation import end_conversation
from bot.services.gateway import Gateway
from bot.services.hold_conversation import hold_conversation, id_of_turn
from bot.services.ports import InvalidInput, Unavailable
from bot.web.api_models import ChatAnswer, History, Recorded
from bot.web.client_address import address_of
from bot.web.described import described
from bot.web.errors import Refused
from bot.web.metrics import TURN, WAIT, Stopwatch
from bot.web.protection import refuse_other_sites
from bot.web.schemas import (
    LONGEST_REASON,
    Turn,
    Verdict,
    checked_turn,
    history_on_the_wire,
    message_on_the_wire,
    read_json,
)
from bot.web.session import Session

logger = logging.getLogger(__name__)
router = APIRouter()
REFUSED = ("invalid_message", "too_long", "not_json", "cross_site", "too_fast", "unavailable")
REPLY_SECONDS, LEAST_SECONDS = 9.0, 2.0
"""Nobody waits longer for a reply: whoever has waited for the turn gives the bot less time, though not less than this."""
LATEST_SECONDS = 9.6
"""By then something has been said, if only that nothing can be kept: a database that says nothing is waited for in vain."""
MOST_KEYS = 100
"""So many messages of its own can a browser ask for."""


@router.post("/api/chat", **described(ChatAnswer, "unknown_button", "too_busy", *REFUSED, takes=Turn))
async def talk(request: Request) -> JSONResponse:
    """Answer a message of the customer."""
    await count_sender(request)
    given = await read_json(request, Turn)
    turn = checked_turn(given.text, given.button, given.key)
    session, replies = await take_turn(request, turn)
    response = JSONResponse({"messages": [message_on_the_wire(reply) for reply in replies]})
    request.app.state.sessions.remember(request, response, session)
    return response


@router.get("/api/chat/history", **described(History, "unavailable"))
async def history(request: Request, keys: str = "") -> JSONResponse:
    """What was said in the own session; a message sent under one of the ``keys``, separated by commas, carries it."""
    session = await request.app.state.sessions.find(request)
    messages = history_on_the_wire(await messages_of(request, session))
    if session.conversation:
        own = {id_of_turn(session.conversation, key): key for key in keys.split(",")[:MOST_KEYS]}
        messages = [{**one, "key": own[one["id"]]} if one["id"] in own else one for one in messages]
    response = JSONResponse({"messages": messages})
    request.app.state.sessions.remember(request, response, session)
    return response


@router.post("/api/chat/end")
async def end(request: Request) -> JSONResponse:
    """End the conversation of the own session; what is said next begins another one."""
    await count_sender(request)
    response = JSONResponse({"ended": True})
    await end_session(request, response)
    return response


@router.post("/api/feedback", **described(Recorded, "unknown_message", *REFUSED, takes=Verdict))
async def rate(request: Request) -> JSONResponse:
    """Keep what the customer thinks of a reply."""
    await count_sender(request)
    verdict = await read_json(request, Verdict)
    if len(verdict.reason) > LONGEST_REASON:
        raise Refused("too_long", field="reason")
    gateway = request.app.state.gateway
    session = await request.app.state.sessions.find(request)
    await request.app.state.limiter.count_session(session.key)
    reason = mask_personal_data(plain_text(verdict.reason), gateway.promotion.claim_reference)
    if session.conversation is None or not await asyncio.to_thread(
        gateway.conversations.rate,
        session.conversation.id,
        plain_text(verdict.message_id),
        helpful=verdict.helpful,
        reason=reason,
        at=gateway.clock.now(),
    ):
        raise Refused("unknown_message", field="message_id")
    return JSONResponse({"recorded": True})


async def take_turn(request: Request, turn: Turn) -> tuple[Session, Sequence[Message]]:
    """Hold one turn of the request's session.

    Raises ``Refused`` if it cannot be answered now or the button is not its own, ``Unavailable`` if nothing can be kept.
    """
    try:
        return await asyncio.wait_for(_hold_turn(request, turn), LATEST_SECONDS)
    except asyncio.TimeoutError as error:
        raise Unavailable("a message was not kept in time; look at the desk database and the way there") from error


async def _hold_turn(request: Request, turn: Turn) -> tuple[Session, Sequence[Message]]:
    state = request.app.state
    watch = Stopwatch()
    session = state.sessions.find_without_history(request)
    await state.limiter.count_session(session.key)
    async with _turn_of(request, session):
        # Looked for only now: whatever was under way may have begun the conversation, or ended it.
        session = await state.sessions.with_conversation(session)
        if session.conversation is None:
            session = await state.sessions.after_renewal(session, turn.key)
        if turn.button and session.conversation is None:
            raise Refused("unknown_button", field="button")
        conversation = await state.sessions.conversation(session)
        try:
            replies = await hold_conversation(
                state.gateway.chat,
                conversation,
                text=turn.text,
                button=turn.button,
                key=turn.key,
                answer_seconds=max(LEAST_SECONDS, REPLY_SECONDS - watch.seconds),
            )
        except InvalidInput as error:
            raise Refused("unknown_button", field="button") from error
        if await _is_proved(state.gateway, conversation, replies):
            session = await state.sessions.renewed(session, conversation)
    _note_turn(request, replies, watch.seconds)
    return session, replies


@asynccontextmanager
async def _turn_of(request: Request, session: Session) -> AsyncIterator[None]:
    """The session's turn, whose wait is measured; a place among those that are answered is taken only when it has come."""
    state, watch = request.app.state, Stopwatch()
    async with AsyncExitStack() as turn:
        with state.admission.wait(session.key):
            await turn.enter_async_context(state.limiter.turn(session.key))
        state.metrics.stages.note(WAIT, watch.seconds)
        with state.admission.turn():
            yield


def _note_turn(request: Request, messages: Sequence[Message], seconds: float) -> None:
    """Count and log what was answered: kinds and ids, no words."""
    metrics, replies = request.app.state.metrics, [message.reply for message in messages if message.reply]
    metrics.stages.note(TURN, seconds)
    metrics.count_replies(replies)
    log_event(
        logger,
        "turn",
        replies=",".join(reply.kind.value for reply in replies),
        answers=",".join(f"{reply.faq_id}@{reply.version}" for reply in replies if reply.faq_id),
        seconds=round(seconds, 3),
    )


async def _is_proved(gateway: Gateway, conversation: Conversation, replies: Sequence[Message]) -> bool:
    """Whether these replies tell a claim to whoever has proved to own it."""
    if not any(message.reply and message.reply.kind is ReplyKind.LOOKUP for message in replies):
        return False
    details = await asyncio.to_thread(gateway.lookups.details, conversation.id)
    return details.verified_reference is not None


async def end_session(request: Request, response: Response) -> None:
    """Forget the session and what it has told; a message under way is answered before."""
    state = request.app.state
    session = state.sessions.find_without_history(request)
    async with state.limiter.turn(session.key):
        session = await state.sessions.with_conversation(session)
        if session.conversation:
            await asyncio.to_thread(end_conversation, state.gateway.chat, session.conversation)
    state.sessions.renew(request, response)


async def messages_of(request: Request, session: Session) -> list[Message]:
    """The messages of a session; none if it has not begun a conversation."""
    if session.conversation is None:
        return []
    return await asyncio.to_thread(request.app.state.gateway.conversations.messages, session.conversation.id)


async def count_sender(request: Request) -> None:
    """What every POST passes first: it comes from this site, and not too often from one address."""
    refuse_other_sites(request)
    await request.app.state.limiter.count_address(address_of(request))
