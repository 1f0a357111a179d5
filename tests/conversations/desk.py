"""A whole desk in one process: trained model, rules, actions, answer generator and real SQLite files, without ports."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions import base
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.import_products import import_products
from bot.adapters.sql.migrate import migrate
from bot.bootstrap import intake, lookup_desk
from bot.config import Settings
from bot.core.claims import Claim
from bot.core.replies import Reply
from bot.inside_rasa.answer_generator import DeskAnswerGenerator
from bot.inside_rasa.channel import DeskChannel
from bot.inside_rasa.commands import as_rasa_command
from bot.services.ports import Product

PROMOTION = "lenovo-accessories-2023"


class ActionsInProcess(EndpointConfig):  # type: ignore[misc]
    """Runs the custom actions here instead of over HTTP; ``is_down`` makes them unreachable."""

    def __init__(self) -> None:
        super().__init__("http://in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")
        self.is_down = False

    async def request(self, json: dict[str, Any] | None = None, **_: Any) -> Any:  # noqa: A002 (Rasa's name)
        if self.is_down:
            raise ConnectionError("the action server is down")
        return await self._executor.run(json)


@dataclass
class Conversation:
    """One customer at the desk."""

    desk: ConversationDesk
    id: str
    replies: list[Reply] = field(default_factory=list)

    def say(self, text: str) -> str:
        """Send a message; everything the reply shows, as text."""
        return self._turn({"conversation": self.id, "text": text})

    def press(self, label: str) -> str:
        """Press a button of the last reply, by its label."""
        button = next(button for reply in self.replies for button in reply.buttons if button.label == label)
        return self._turn({"conversation": self.id, "command": button.command})

    def _turn(self, body: dict[str, str]) -> str:
        self.replies = self.desk.run(self.desk.turn(body))
        return "\n".join(shown(reply) for reply in self.replies)

    @property
    def answers(self) -> list[str | None]:
        """The FAQ entries given in the last reply."""
        return [reply.faq_id for reply in self.replies if reply.faq_id]

    @property
    def offers_form(self) -> bool:
        return any(link.url == "/contact" for reply in self.replies for link in reply.links)


def shown(reply: Reply) -> str:
    links = " ".join(f"[{link.label}]" for link in reply.links)
    buttons = " ".join(f"({button.label})" for button in reply.buttons)
    return " ".join(part for part in (reply.text, links, buttons) if part)


class ConversationDesk:
    """The desk's brain with databases of its own; the model is loaded once and shared."""

    def __init__(self, agent: Agent, settings: Settings, loop: asyncio.AbstractEventLoop) -> None:
        self.actions = ActionsInProcess()
        self.settings = settings
        self._loop = loop
        self._agent = agent
        self._count = 0

    def set_up(self, folder: Path, today: date, claims: Sequence[Claim] = (), products: Sequence[Product] = ()) -> None:
        """An otherwise empty desk on that day."""
        self.settings = replace(
            self.settings,
            today=today,
            database_url=f"sqlite:///{folder / 'desk.db'}",
            claims_url=f"sqlite:///{folder / 'claims.db'}",
        )
        migrate(self.settings.database_url, "desk")
        migrate(self.settings.claims_url, "claims")
        engine = make_engine(self.settings.claims_url)
        if claims:
            import_claims(engine, PROMOTION, claims)
        if products:
            import_products(engine, PROMOTION, products)
        self._wire()

    def _wire(self) -> None:
        desk = lookup_desk(self.settings)
        base.desk_of_this_process.cache_clear()
        for action in self.actions._executor.actions.values():
            action.__self__._desk = desk
        self.actions.is_down = False
        generator = DeskAnswerGenerator()
        generator._content = replace(generator._content, clock=desk.clock)
        self._agent.nlg = generator
        self._agent.action_endpoint = self.actions
        self._agent.processor.nlg = generator
        self._agent.processor.action_endpoint = self.actions
        understanding = self._understanding()
        understanding._settings = self.settings
        understanding._readers = None
        self._channel = DeskChannel("key", intake(self.settings))

    def _understanding(self) -> Any:
        runner = self._agent.processor.graph_runner
        return next(
            node._component
            for name, node in runner._instantiated_nodes.items()
            if "DeskUnderstanding" in name
        )

    def run(self, turn: Any) -> Any:
        return self._loop.run_until_complete(turn)

    async def turn(self, body: dict[str, str]) -> list[Reply]:
        """One turn by way of the channel, as the gateway would send it."""
        conversation, text = await self._channel._message(body)
        replies = await self._channel._answer(self._agent.handle_message, conversation, text)
        return [Reply.from_dict(reply) for reply in replies]

    def customer(self) -> Conversation:
        """A new conversation."""
        self._count += 1
        return Conversation(self, f"conversation-{self._count}")


__all__ = ["Conversation", "ConversationDesk", "as_rasa_command"]
