"""Rasa's conversations, in the database the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import make_url

from bot.config import read_settings
from bot.inside_rasa.conversation_state import REPLIES, replies_of


class DeskTrackerStore(SQLTrackerStore):  # type: ignore[misc]
    """Rasa's SQL tracker store, told where by ``PROMODESK_TRACKER_URL``."""

    def __init__(
        self,
        host: Optional[str] = None,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        **_: Any,
    ) -> None:
        url = make_url(read_settings().tracker_url)
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(
            domain=domain,
            dialect=url.drivername,
            host=url.host,
            port=url.port,
            db=url.database or "",
            username=url.username,
            password=url.password,
            event_broker=event_broker,
        )
        # Rasa logs a failing statement; what it was to write stays out of the log.
        self.engine.hide_parameters = True

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        """What is new in a conversation. Rasa calls it to save, under this name."""
        for event in super()._additional_events(session, tracker):
            yield without_words(event)


def without_words(event: Event) -> Event:
    """Replies without their words: these can tell of a claim, are kept with the desk, and Rasa has no need of them."""
    if not replies_of(event):
        return event
    kept = [{name: reply[name] for name in ("kind", "faq_id") if name in reply} for reply in replies_of(event)]
    return BotUttered(None, {"custom": {REPLIES: kept}}, event.metadata, event.timestamp)
