"""What every action shares: the desk at hand, work off the event loop with a time limit, and a useful reply when it fails."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.bootstrap import LookupDesk, lookup_desk
from bot.config import read_settings
from bot.core.explanations import why_said
from bot.core.replies import Reply
from bot.services.tell_claim import tell_unavailable

SECONDS = 4.0
"""The longest an action may take; the customer waits for it."""
logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def desk_of_this_process() -> LookupDesk:
    """Made by the first action that runs."""
    return lookup_desk(read_settings())


class DeskAction(Action, ABC):  # type: ignore[misc]
    """One thing the desk does for a customer; abstract, so that the action server does not take it for one."""

    def __init__(self, desk: LookupDesk | None = None) -> None:
        self._desk = desk

    @property
    def desk(self) -> LookupDesk:
        return self._desk or desk_of_this_process()

    @abstractmethod
    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        """The replies, and what the conversation remembers. May block."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """``act`` in a thread; whatever goes wrong, the customer is told and nothing of it leaves the process."""
        try:
            replies, events = await asyncio.wait_for(asyncio.to_thread(self.act, tracker), SECONDS)
        except Exception as error:  # an action that raises is silence for the customer
            logger.error("%s failed: %s", self.name(), type(error).__name__)
            replies, events = [tell_unavailable(self.desk.wording)], nothing_open()
        explained = [replace(reply, why=why_said(None, tracker.latest_message)) for reply in replies]
        dispatcher.utter_message(json_message={"replies": [reply.as_dict() for reply in explained]})
        return events


def nothing_open() -> list[EventType]:
    """The customer is asked for nothing any more, and it is the customer's turn.

    The latter has to be said: a rule whose condition is that something is open knows no way on when nothing is.
    """
    return [SlotSet("open_task", None), FollowupAction("action_listen")]


def entity(tracker: Tracker, name: str) -> Any:
    """The value of an entity of the current message, or None."""
    return next(
        (found["value"] for found in tracker.latest_message.get("entities", ()) if found["entity"] == name), None
    )


def intent(tracker: Tracker) -> str:
    """The intent of the current message."""
    name: str = (tracker.latest_message.get("intent") or {}).get("name") or ""
    return name
