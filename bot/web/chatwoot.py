"""Messages of a Chatwoot inbox: taken up at once, answered or handed over right after."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Optional, Union

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StrictInt, StrictStr, ValidationError
from starlette.background import BackgroundTask

from bot.core.plain_text import plain_text
from bot.core.webhooks import is_signed_lately, is_token
from bot.services.answer_help_desk import HelpDeskBot, answer_message, keep_handing_over
from bot.services.help_desk_ports import HelpDeskMessage
from bot.web.api_models import WebhookAnswer
from bot.web.client_address import address_of
from bot.web.described import described
from bot.web.desk.access import console_of
from bot.web.errors import Refused

router = APIRouter()
REFUSED = ("not_verified", "not_found", "invalid_event", "too_long", "too_fast", "unavailable")
LARGEST_ID = 2**63 - 1
CREATED = "message_created"
PENDING = "pending"
"""The conversations that are the bot's; once an agent has one, the bot is silent."""
_INCOMING = ("incoming", 0)
"""How versions of Chatwoot name a message of the customer."""


class Account(BaseModel):
    """The account that a message belongs to."""

    id: StrictInt = Field(..., minimum=0, maximum=LARGEST_ID)


class ConversationState(BaseModel):
    """The conversation that a message belongs to."""

    id: StrictInt = Field(..., minimum=0, maximum=LARGEST_ID)
    status: StrictStr = ""


class Event(BaseModel):
    """What Chatwoot says of an event; of its many fields the desk reads these. Anything but a new message is ignored."""

    event: StrictStr
    id: Optional[StrictInt] = Field(None, minimum=0, maximum=LARGEST_ID)
    content: Optional[StrictStr] = None
    message_type: Optional[Union[StrictStr, StrictInt]] = None
    private: Optional[bool] = None
    account: Optional[Account] = None
    conversation: Optional[ConversationState] = None


@router.post("/api/chatwoot", **described(WebhookAnswer, *REFUSED, takes=Event))
async def take(request: Request, token: str = "") -> JSONResponse:
    """A webhook of an agent bot: signed by Chatwoot, or with the secret as ``token`` in its address."""
    bot = console_of(request).help_desk
    if bot is None:
        raise Refused("not_found")
    body = await request.body()
    if not _is_verified(request, bot.secret, body, token):
        await request.app.state.limiter.count_address(address_of(request))
        raise Refused("not_verified")
    told = _told(body)
    event = _new_message(told) if told["event"] == CREATED else None
    ignored = why_ignored(event)
    if event is None or ignored:
        return JSONResponse({"taken": False, "why": ignored})
    message = _message(event)
    if not await asyncio.to_thread(bot.taken.take, message, bot.clock.now()):
        return JSONResponse({"taken": False, "why": "taken before"})
    # Chatwoot waits for a few seconds only, and takes the conversation away from a bot that is slow.
    return JSONResponse({"taken": True, "why": ""}, background=BackgroundTask(answer_message, message, bot))


@asynccontextmanager
async def handing_over(bot: HelpDeskBot) -> AsyncIterator[None]:
    """As long as this lasts, what any gateway has taken and not settled is handed over: at once, and every few minutes."""
    task = asyncio.create_task(keep_handing_over(bot))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def why_ignored(event: Event | None) -> str:
    """Why an event is nothing to answer; empty for a customer's message that is the bot's."""
    if event is None:
        return "no new message"
    if event.message_type not in _INCOMING or event.private:
        return "not from a customer"
    if event.conversation is not None and event.conversation.status != PENDING:
        return "an agent has the conversation"
    return ""


def _is_verified(request: Request, secret: str, body: bytes, token: str) -> bool:
    timestamp = request.headers.get("x-chatwoot-timestamp", "")
    signature = request.headers.get("x-chatwoot-signature", "")
    return is_signed_lately(secret, timestamp, body, signature, time.time()) or is_token(secret, token)


def _told(body: bytes) -> dict[str, Any]:
    """What the body says. Raises ``Refused`` for what is no event at all."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("invalid_event") from error
    if not isinstance(told, dict) or not isinstance(told.get("event"), str):
        raise Refused("invalid_event")
    return told


def _new_message(told: dict[str, Any]) -> Event:
    try:
        return Event.parse_obj(told)
    except (ValidationError, TypeError) as error:
        raise Refused("invalid_event") from error


def _message(event: Event) -> HelpDeskMessage:
    """Raises ``Refused`` for a message that does not say where it belongs."""
    if event.account is None or event.conversation is None or event.id is None:
        raise Refused("invalid_event")
    ids = (event.account.id, event.conversation.id, event.id)
    if not all(0 <= one <= LARGEST_ID for one in ids):
        raise Refused("invalid_event")
    return HelpDeskMessage(*ids, text=plain_text(event.content or ""))
