"""Sessions: a random cookie signed by the server, of which the database holds a keyed hash only.

The cookie also names the browser, by as random a name: a form stays its own when the chat is ended beside it.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fastapi import Request
from fastapi.responses import Response

from bot.core.conversations import IDLE, LONGEST, Conversation
from bot.core.keys import derive_key, is_signed, sign
from bot.services.hold_conversation import id_of_turn
from bot.services.ports import Clock, Conversations
from bot.web.errors import Refused

COOKIE = "desk-session"
SECURE_COOKIE = "__Host-desk-session"
IN_FRAME = "x-chat-in-frame"
"""The header by which the chat tells that it runs in a frame."""
BROWSER_ENDS = "~"
"""Stands in a cookie's token between the browser's name and the session's."""
UNHEARD = timedelta(seconds=10)
"""So long after the last message, a tab may not have heard of its new cookie."""


@dataclass(frozen=True)
class Session:
    """One browser's session; ``token`` is the cookie, ``key`` what the server keeps of it."""

    token: str
    key: str
    conversation: Conversation | None = None


class Sessions:
    """Finds, begins and remembers sessions. A row is made with the first message only, not for every visitor."""

    def __init__(
        self,
        conversations: Conversations,
        clock: Clock,
        promotion: str,
        secret: str,
        *,
        is_embedded_anywhere: bool = False,
    ) -> None:
        self._conversations = conversations
        self._clock = clock
        self._promotion = promotion
        self._cookie_key = derive_key(secret, "session cookie")
        self._row_key = derive_key(secret, "session row")
        self._form_key = derive_key(secret, "form token")
        self._seal_key = derive_key(secret, "form seal")
        self._is_embedded_anywhere = is_embedded_anywhere

    async def find(self, request: Request) -> Session:
        """The request's session; a new one if its cookie is missing, not ours, or too old."""
        session = self.find_without_history(request)
        return await self.with_conversation(session) if self._own_token(request) else session

    async def with_conversation(self, session: Session) -> Session:
        """The session with its conversation as it stands now; a new one if that is too old."""
        conversation = await asyncio.to_thread(self._conversations.of_session, session.key)
        if conversation and is_over(conversation, self._clock.now()):
            return self._new(session.token)
        return replace(session, conversation=conversation)

    async def renewed(self, session: Session, conversation: Conversation) -> Session:
        """The session under a new token: whoever knew the old one has nothing of what is said from now on."""
        fresh = self._new(session.token)
        await asyncio.to_thread(self._conversations.move, conversation.id, fresh.key)
        return replace(fresh, conversation=conversation)

    async def after_renewal(self, session: Session, turn: str) -> Session:
        """The session of a message whose cookie was renewed: its conversation if it was answered there already, under
        this key, and the answer was lost on its way. Raises ``Refused`` if it comes from a tab that has not heard yet."""
        conversation = await asyncio.to_thread(self._conversations.of_earlier_session, session.key)
        if conversation is None:
            return session
        if turn and await self._was_answered(conversation, turn):
            return replace(session, conversation=conversation)
        if self._clock.now() - conversation.last_seen_at < UNHEARD:
            raise Refused("too_fast", retry_after=1)
        return self._new()

    async def _was_answered(self, conversation: Conversation, turn: str) -> bool:
        said = id_of_turn(conversation, turn)
        return bool(await asyncio.to_thread(self._conversations.replies_to, conversation.id, said))

    async def find_of_form(self, request: Request) -> Session:
        """The session that a form was made in, also if its conversation is over meanwhile: it goes along all the same."""
        token = self._own_token(request)
        if not token:
            return self._new()
        key = sign(self._row_key, token)
        return Session(token, key, await asyncio.to_thread(self._conversations.of_session, key))

    def find_without_history(self, request: Request) -> Session:
        """The request's session by its cookie alone, for when the database cannot be reached."""
        token = self._own_token(request)
        return Session(token, sign(self._row_key, token)) if token else self._new()

    async def conversation(self, session: Session) -> Conversation:
        """The session's conversation, begun now if there is none."""
        if session.conversation:
            return session.conversation
        return await asyncio.to_thread(self._conversations.start, session.key, self._promotion, self._clock.now())

    def is_known(self, request: Request) -> bool:
        """Whether the request comes with a session's cookie of this server."""
        return bool(self._own_token(request))

    def form_token(self, session: Session) -> str:
        """What a form of this session's browser carries, so that no other site can send it."""
        return sign(self._form_key, _browser_of(session.token))

    def form_seal(self, session: Session, form: str) -> str:
        """Under which name a form's files and its ticket are kept: no other browser has it."""
        return sign(self._seal_key, f"{_browser_of(session.token)} {form}")

    def is_own_form(self, request: Request, token: str) -> bool:
        """Whether a sent form was made for the browser of the cookie it came with."""
        own = self._own_token(request)
        return bool(own) and is_signed(self._form_key, _browser_of(own), token)

    def remember(self, request: Request, response: Response, session: Session) -> None:
        """Set the session's cookie, unless the browser has it already."""
        if self._own_token(request) == session.token:
            return
        self._give(request, response, session)

    def renew(self, request: Request, response: Response) -> None:
        """Give the browser another session in place of its own; its forms stay its own."""
        self._give(request, response, self._new(self._own_token(request)))

    def _give(self, request: Request, response: Response, session: Session) -> None:
        secure = is_secure(request)
        # Another site's frame gets a cookie that is kept apart for that site; the server's own checks replace SameSite.
        in_frame = secure and self._is_embedded_anywhere and is_in_frame(request)
        response.set_cookie(
            SECURE_COOKIE if secure else COOKIE,
            f"{session.token}.{sign(self._cookie_key, session.token)}",
            path="/",
            secure=secure,
            httponly=True,
            samesite="none" if in_frame else "lax",
        )
        if in_frame:
            # Python 3.10's cookies do not know this attribute.
            response.headers["set-cookie"] += "; Partitioned"

    def _own_token(self, request: Request) -> str:
        """The token of the request's cookie if this server has made it."""
        token, _, signature = request.cookies.get(SECURE_COOKIE if is_secure(request) else COOKIE, "").partition(".")
        return token if token and is_signed(self._cookie_key, token, signature) else ""

    def _new(self, earlier: str = "") -> Session:
        """A session that begins now, in the browser of an earlier one's token if there is one."""
        browser = _browser_of(earlier) or secrets.token_urlsafe(32)
        token = f"{browser}{BROWSER_ENDS}{secrets.token_urlsafe(32)}"
        return Session(token, sign(self._row_key, token))


def _browser_of(token: str) -> str:
    return token.partition(BROWSER_ENDS)[0]


def is_over(conversation: Conversation, now: datetime) -> bool:
    """Whether a conversation has been quiet, or has lasted, for too long to go on."""
    return now - conversation.last_seen_at > IDLE or now - conversation.started_at > LONGEST


def is_in_frame(request: Request) -> bool:
    """Whether a frame is loaded, or the chat in one says so of itself."""
    return request.headers.get("sec-fetch-dest") in ("iframe", "frame") or IN_FRAME in request.headers


def is_secure(request: Request) -> bool:
    scheme: str = request.scope["scheme"]
    return scheme == "https"
