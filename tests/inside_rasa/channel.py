"""The desk's channel as the gateway speaks to it, in front of a Rasa that answers what it is told to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.adapters.replies_file import read_wording
from bot.bootstrap_understanding import Intake
from bot.core.replies import Reply, ReplyKind
from bot.inside_rasa.channel import DeskChannel

WORDING = read_wording(Path(__file__).parents[2] / "faq" / "replies")
ANSWER = Reply(ReplyKind.ANSWER, "Yes.").as_dict()
KEY = {"X-Desk-Key": "the key"}


class Rasa:
    """Notes what it is given; ``error`` makes it raise, ``replies`` is what its actions say."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.replies: list[dict[str, Any]] = [ANSWER]
        self.plain_text: str | None = None
        self.error: Exception | None = None

    async def __call__(self, message: UserMessage) -> None:
        self.heard.append(message)
        if self.replies:
            await message.output_channel.send_custom_json(message.sender_id, {"replies": self.replies})
        if self.plain_text:
            await message.output_channel.send_text_message(message.sender_id, self.plain_text)
        if self.error:
            raise self.error


class Server(Sanic):
    """Sanic without the life-cycle signals that only its own server can set up, once in a process."""

    async def dispatch(self, *_: Any, **__: Any) -> None:
        pass


class Gateway:
    """Speaks to the channel as the gateway does."""

    def __init__(self, rasa: Rasa, receive: Callable[[str, str], str]) -> None:
        self.app = Server(f"channel-{uuid4().hex}")
        self.app.blueprint(
            DeskChannel("the key", Intake(receive, WORDING)).blueprint(rasa), url_prefix="/webhooks/desk"
        )

    async def ask(self, method: str, path: str, headers: dict[str, str] = KEY, **body: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://rasa.test") as client:
            return await client.request(method, f"/webhooks/desk{path}", headers=headers, **body)

    async def turn(self, **body: Any) -> httpx.Response:
        return await self.ask("POST", "/turn", json=body)
