"""A whole desk in one process: trained model, rules, actions, answer generator and real SQLite files, without ports."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions.base import desk_of_this_process
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.import_products import import_products
from bot.adapters.sql.migrate import migrate
from bot.bootstrap_content import content
from bot.config import read_settings
from bot.core.claims import Claim
from bot.core.replies import Reply
from bot.inside_rasa.answer_generator import DeskAnswerGenerator
from bot.inside_rasa.channel import DeskChannel
from bot.inside_rasa.processor import process_step_by_step
from bot.services.ports import Product

NOBODY_LISTENS = "postgresql://127.0.0.1:1/none"


class ActionsInProcess(EndpointConfig):  # type: ignore[misc]
    """Runs the custom actions here instead of over HTTP; ``is_down`` makes them unreachable."""

    def __init__(self) -> None:
        super().__init__("http://in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")
        self.is_down = False

    async def request(self, json: dict[str, Any] | None = None, **_: Any) -> Any:  # noqa: A002 (Rasa's name)
        if self.is_down:
            raise ClientConnectionError("the action server is down")
        return await self._executor.run(json)


class Brain:
    """The trained model, loaded once for all conversations of a test run."""

    def __init__(self, model: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.actions = ActionsInProcess()
        process_step_by_step()
        self.agent = Agent.load(str(model), action_endpoint=self.actions)
        self.conversations = 0


@dataclass
class Conversation:
    """One customer at the desk."""

    desk: ConversationDesk
    id: str
    said: list[str] = field(default_factory=list)
    """What the customer gave, a pressed button by its label; nothing from before it was taken back."""
    replies: list[Reply] = field(default_factory=list)
    """The desk's reply to the last message."""

    def say(self, text: str) -> str:
        """Send a message; everything the reply shows, as text."""
        return self._turn(text, {"text": text})

    def press(self, label: str) -> str:
        """Press a button of the last reply, by its label."""
        commands = {button.label: button.command for reply in self.replies for button in reply.buttons}
        return self._turn(label, {"command": commands[label]})

    def _turn(self, said: str, body: dict[str, str]) -> str:
        self.said.append(said)
        self.replies = self.desk.turn({"conversation": self.id, **body})
        self.desk.after_every_turn(self)
        return self.text

    def takes_everything_back(self) -> None:
        """From here on the desk may ask for what was given before."""
        self.said.clear()

    @property
    def text(self) -> str:
        """All that the last reply shows."""
        return "\n".join(shown(reply) for reply in self.replies)

    @property
    def answers(self) -> list[str]:
        """The FAQ entries given in the last reply."""
        return [reply.faq_id for reply in self.replies if reply.faq_id]

    @property
    def labels(self) -> list[str]:
        """What the buttons of the last reply say."""
        return [button.label for reply in self.replies for button in reply.buttons]

    @property
    def offers_form(self) -> bool:
        return any(link.url == "/contact" for reply in self.replies for link in reply.links)


def shown(reply: Reply) -> str:
    """A reply with its links and buttons, as a customer reads it."""
    links = " ".join(f"[{link.label}]" for link in reply.links)
    buttons = " ".join(f"({button.label})" for button in reply.buttons)
    return " ".join(part for part in (reply.text, links, buttons) if part)


class ConversationDesk:
    """The desk with databases of its own, told by the environment where they are, as in operation."""

    def __init__(
        self,
        brain: Brain,
        folder: Path,
        environment: pytest.MonkeyPatch,
        after_every_turn: Callable[[Conversation], None],
    ) -> None:
        self._brain = brain
        self._folder = folder
        self._environment = environment
        self.after_every_turn = after_every_turn
        self.actions = brain.actions

    def set_up(self, today: date, claims: Sequence[Claim] = (), products: Sequence[Product] = ()) -> None:
        """An otherwise empty desk on that day."""
        desk, claims_url = f"sqlite:///{self._folder / 'desk.db'}", f"sqlite:///{self._folder / 'claims.db'}"
        migrate(desk, "desk")
        migrate(claims_url, "claims")
        self._open(PROMODESK_DATABASE_URL=desk, PROMODESK_CLAIMS_URL=claims_url, PROMODESK_TODAY=today.isoformat())
        self.today, self.claims, self.products = today, claims, products
        self.content = content(read_settings())
        engine = make_engine(claims_url)
        import_claims(engine, self.content.promotion.key, claims)
        import_products(engine, self.content.promotion.key, products)

    def words(self, key: str, **values: object) -> str:
        """One of the desk's own sentences, as it stands in the content."""
        return self.content.wording.say(key, **values)

    def lose(self, database: str) -> None:
        """From now on nobody answers where the database of this setting was."""
        self._open(**{database: NOBODY_LISTENS})

    def customer(self) -> Conversation:
        """A new conversation."""
        self._brain.conversations += 1
        return Conversation(self, f"conversation-{self._brain.conversations}")

    def turn(self, body: dict[str, str]) -> list[Reply]:
        """One turn by way of the channel, as the gateway would send it."""
        replies = self._brain.loop.run_until_complete(self._channel.take(body, self._brain.agent.handle_message))
        return [Reply.from_dict(reply) for reply in replies]

    def _open(self, **settings: str) -> None:
        """What a restart of the processes with these settings does."""
        for name, value in settings.items():
            self._environment.setenv(name, value)
        desk_of_this_process.cache_clear()
        self.actions.is_down = False
        self._brain.agent.processor.nlg = DeskAnswerGenerator()
        self._channel = DeskChannel.from_credentials(None)
