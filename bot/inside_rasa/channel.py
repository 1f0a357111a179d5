"""The desk's own Rasa channel: the gateway speaks to Rasa here, and nobody else can.

Text is masked before it reaches the tracker, a leading slash is made harmless, a button's meaning comes in a field of
its own, and a message is never answered by silence.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import signal
from collections.abc import Awaitable, Callable
from typing import Any, Dict, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.adapters.exposition import CONTENT_TYPE, may_read
from bot.adapters.logs import log_event
from bot.adapters.traces import taken_over
from bot.bootstrap_understanding import Intake, intake
from bot.config import read_settings
from bot.core.explanations import SHOWN
from bot.core.keys import RASA_CHANNEL, derive_key
from bot.inside_rasa.commands import as_rasa_command
from bot.inside_rasa.conversation_state import REPLIES
from bot.inside_rasa.group import Grouper
from bot.inside_rasa.mails import read_mail
from bot.inside_rasa.repeated_turns import TURN
from bot.inside_rasa.search import labels_found
from bot.inside_rasa.stages import BUTTON, metrics_of_this_process
from bot.inside_rasa.trained_matcher import trained_matcher
from bot.services.hold_dialogue import admit_failure, admit_no_look_up
from bot.services.ports import InvalidInput

NAME = "desk"
CANNED_QUESTION = "How long does the payment take?"
_INERT = re.compile(r"^[\s/]+")
"""What a text must not begin with: Rasa strips every kind of space, and takes a slash for a command."""
logger = logging.getLogger(__name__)

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class DeskOutput(OutputChannel):  # type: ignore[misc]
    """Collects the replies of one turn."""

    def __init__(self) -> None:
        self.replies: list[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return NAME

    async def send_custom_json(self, recipient_id: str, json_message: Dict[str, Any], **kwargs: Any) -> None:
        self.replies.extend(json_message.get(REPLIES, []))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Every sentence of the desk travels as a reply; plain text could only be an inner name."""
        logger.warning("a reply without its form was held back")


class DeskChannel(InputChannel):  # type: ignore[misc]
    """``POST /webhooks/desk/turn``, ``/search``, ``/understand`` and ``/group``, ``GET /webhooks/desk/health``, with the desk's key.

    ``GET /webhooks/desk/metrics`` is for who may read what is counted.
    """

    def __init__(self, key: str, intake: Intake, *, metrics_token: str = "", drain_seconds: int = 0) -> None:
        self._key = key
        self._metrics_token = metrics_token
        self._intake = intake
        self._drain_seconds = drain_seconds
        self._is_draining = False

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        settings = read_settings()
        key = derive_key(settings.secret, RASA_CHANNEL)
        return cls(key, intake(settings), metrics_token=settings.metrics_token, drain_seconds=settings.drain_seconds)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        desk = Blueprint("desk_webhook", NAME)

        @desk.post("/turn")  # type: ignore[untyped-decorator]
        async def turn(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return response.json({}, status=403)
            try:
                with taken_over(request.headers, "rasa turn"):
                    return response.json({"replies": await self.take(request.json, on_new_message)})
            except (InvalidInput, KeyError, TypeError) as error:
                return response.json({"error": str(error)}, status=422)

        @desk.post("/search")  # type: ignore[untyped-decorator]
        async def search(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return response.json({}, status=403)
            text = str((request.json or {}).get("text", ""))
            return response.json({"entries": await _found(getattr(request.app.ctx, "agent", None), text)})

        self._add_health(desk)
        self._add_group(desk)
        self._add_understand(desk)
        self._add_metrics(desk)
        return desk

    def _add_metrics(self, desk: Blueprint) -> None:
        @desk.get("/metrics")  # type: ignore[untyped-decorator]
        async def metrics(request: Request) -> HTTPResponse:
            if not may_read(self._metrics_token, request.ip, request.headers):
                return response.json({}, status=404)
            return response.raw(metrics_of_this_process().as_text(), content_type=CONTENT_TYPE)

    def _add_health(self, desk: Blueprint) -> None:
        """Told to end, Rasa says for a while that it is not ready; messages under way are ended in any case, by Sanic."""

        @desk.get("/health")  # type: ignore[untyped-decorator]
        async def health(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return response.json({}, status=403)
            ready = not self._is_draining and await _is_ready(getattr(request.app.ctx, "agent", None))
            return response.json({"ready": ready})

        @desk.listener("after_server_start")  # type: ignore[untyped-decorator]
        async def drain_when_told_to_end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            def drain() -> None:
                self._is_draining = True
                loop.call_later(self._drain_seconds, app.stop)

            if self._drain_seconds:
                loop.add_signal_handler(signal.SIGTERM, drain)

    def _add_understand(self, desk: Blueprint) -> None:
        @desk.post("/understand")  # type: ignore[untyped-decorator]
        async def understand(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return response.json({}, status=403)
            matcher = trained_matcher(getattr(request.app.ctx, "agent", None))
            if matcher is None:
                return response.json({}, status=503)
            try:
                text, shown = str(request.json["text"]), int(request.json.get("shown", SHOWN))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                return response.json({"error": str(error)}, status=422)
            # In a thread: a long mail must not keep the chat waiting.
            return response.json(await asyncio.to_thread(read_mail, text, matcher, shown))

    def _add_group(self, desk: Blueprint) -> None:
        grouper = Grouper()

        @desk.post("/group")  # type: ignore[untyped-decorator]
        async def group(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return response.json({}, status=403)
            try:
                return response.json(await grouper.group(getattr(request.app.ctx, "agent", None), request.json))
            except InvalidInput as error:
                return response.json({"error": str(error)}, status=422)

    def _is_gateway(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get("X-Desk-Key", "").encode(), self._key.encode())

    async def take(self, body: Any, on_new_message: OnNewMessage) -> list[Dict[str, Any]]:
        """One turn: the replies, never none. Raises ``InvalidInput``, ``KeyError`` or ``TypeError`` for another body."""
        with metrics_of_this_process().measure_turn():
            conversation, text = await self._message(body)
            TURN.set(str(body.get("turn", "")))
            replies = await self._answer(on_new_message, conversation, text)
        log_event(logger, "turn", replies=",".join(reply["kind"] for reply in replies))
        return replies

    async def _message(self, body: Any) -> tuple[str, str]:
        """The conversation, and what Rasa gets: a masked text, or a command of a button."""
        conversation = str(body["conversation"])
        if not conversation:
            raise InvalidInput("a message without a conversation: give the conversation's id")
        if "command" in body:
            metrics_of_this_process().count_message(BUTTON)
            return conversation, as_rasa_command(str(body["command"]))
        masked = await asyncio.to_thread(self._intake.receive, conversation, str(body["text"]))
        return conversation, _INERT.sub("", masked) or "…"

    async def _answer(self, on_new_message: OnNewMessage, conversation: str, text: str) -> list[Dict[str, Any]]:
        output = DeskOutput()
        try:
            message = UserMessage(text, output, conversation, input_channel=NAME, message_id=TURN.get() or None)
            await on_new_message(message)
        except Exception as error:  # whatever fails inside Rasa, the customer gets a reply
            logger.error("a turn failed: %s", type(error).__name__)
            return output.replies or [admit_failure(self._intake.wording).as_dict()]
        # Whatever Rasa says itself has words: without any, the action server did not answer.
        return output.replies or [admit_no_look_up(self._intake.wording).as_dict()]


async def _found(agent: Any, text: str) -> list[str]:
    """The labels that fit a text best, without a conversation and leaving no trace."""
    if agent is None or not agent.is_ready():
        return []
    return labels_found(await agent.parse_message(_INERT.sub("", text) or "…"))


async def _is_ready(agent: Any) -> bool:
    """Whether a model is loaded and understands a plain question."""
    if agent is None or not agent.is_ready():
        return False
    parsed = await agent.parse_message(CANNED_QUESTION)
    return bool(parsed.get("intent", {}).get("name"))
