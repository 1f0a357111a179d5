"""Sessions: a random cookie signed by the server, of which the database holds a keyed hash only."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request
from fastapi.responses import Response

from bot.core.conversations import Conversation
from bot.core.keys import derive_key, is_signed, sign
from bot.services.ports import Clock, Conversations

COOKIE = "desk-session"
SECURE_COOKIE = "__Host-desk-session"
IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Session:
    """One browser's session; ``token`` is the cookie, ``key`` what the server keeps of it."""

    token: str
    key: str
    conversation: Conversation | None = None


class Sessions:
    """Finds, begins and remembers sessions. A row is made with the first message only, not for every visitor."""

    def __init__(self, conversations: Conversations, clock: Clock, promotion: str, secret: str) -> None:
        self._conversations = conversations
        self._clock = clock
        self._promotion = promotion
        self._cookie_key = derive_key(secret, "session cookie")
        self._row_key = derive_key(secret, "session row")
        self._form_key = derive_key(secret, "form token")

    async def find(self, request: Request) -> Session:
        """The request's session; a new one if its cookie is missing, not ours, or too old."""
        token = self._own_token(request)
        if not token:
            return self._new()
        key = sign(self._row_key, token)
        conversation = await asyncio.to_thread(self._conversations.of_session, key)
        if conversation and is_over(conversation, self._clock.now()):
            return self._new()
        return Session(token, key, conversation)

    def find_without_history(self, request: Request) -> Session:
        """The request's session by its cookie alone, for when the database cannot be reached."""
        token = self._own_token(request)
        return Session(token, sign(self._row_key, token)) if token else self._new()

    async def conversation(self, session: Session) -> Conversation:
        """The session's conversation, begun now if there is none."""
        if session.conversation:
            return session.conversation
        return await asyncio.to_thread(self._conversations.start, session.key, self._promotion, self._clock.now())

    def form_token(self, session: Session) -> str:
        """What a form of this session carries, so that no other site can send it."""
        return sign(self._form_key, session.token)

    def is_own_form(self, request: Request, token: str) -> bool:
        """Whether a sent form was made for the session of the cookie it came with."""
        own = self._own_token(request)
        return bool(own) and is_signed(self._form_key, own, token)

    def remember(self, request: Request, response: Response, session: Session) -> None:
        """Set the session's cookie, unless the browser has it already."""
        if self._own_token(request) == session.token:
            return
        secure = is_secure(request)
        response.set_cookie(
            SECURE_COOKIE if secure else COOKIE,
            f"{session.token}.{sign(self._cookie_key, session.token)}",
            path="/",
            secure=secure,
            httponly=True,
            samesite="lax",
        )

    def _own_token(self, request: Request) -> str:
        """The token of the request's cookie if this server has made it."""
        token, _, signature = request.cookies.get(SECURE_COOKIE if is_secure(request) else COOKIE, "").partition(".")
        return token if token and is_signed(self._cookie_key, token, signature) else ""

    def _new(self) -> Session:
        token = secrets.token_urlsafe(32)
        return Session(token, sign(self._row_key, token))


def is_over(conversation: Conversation, now: datetime) -> bool:
    """Whether a conversation has been quiet, or has lasted, for too long to go on."""
    return now - conversation.last_seen_at > IDLE or now - conversation.started_at > LONGEST


def is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
