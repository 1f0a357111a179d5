"""Rasa's conversations, in the database the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, func, or_
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.event import listen
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from bot.adapters.sql.traced_statements import trace_statements
from bot.config import read_settings
from bot.inside_rasa.conversation_state import REPLIES, replies_of
from bot.inside_rasa.stages import TRACKER, metrics_of_this_process

KEPT = "kept_events"
"""The attribute of a tracker that says how many of its events are in the database; a conversation is handled by one turn at a time."""
REMEMBERED = 30
"""So many of the customer's last messages are read back with everything that belongs to them."""


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
        if url.get_backend_name() == "sqlite":
            self.engine = _pooled_engine(url)
            self.sessionmaker = sessionmaker(bind=self.engine)
        # Rasa logs a failing statement; what it was to write stays out of the log.
        self.engine.hide_parameters = True
        trace_statements(self.engine)

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        """The last turns, and the value each slot had before them: a turn costs the same however long one has talked.

        Rasa calls it to read a conversation, and to count what of it is kept already, under this name.
        """
        query = super()._event_query(session, sender_id, fetch_events_from_all_sessions)
        if fetch_events_from_all_sessions:
            return query
        event = self.SQLEvent
        own = session.query(event.id).filter(event.sender_id == sender_id)
        first = own.filter(event.type_name == UserUttered.type_name).order_by(event.id.desc()).offset(REMEMBERED - 1)
        start = func.coalesce(first.limit(1).scalar_subquery(), 0)
        slots = session.query(func.max(event.id)).filter(event.sender_id == sender_id)
        slots = slots.filter(event.type_name == SlotSet.type_name, event.id < start).group_by(event.action_name)
        return query.filter(or_(event.id >= start, event.id.in_(slots)))

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation, which knows how much of it is kept: Rasa would count that anew before each time it saves."""
        with metrics_of_this_process().measure(TRACKER):
            tracker = await super().retrieve(sender_id)
        if tracker is not None:
            setattr(tracker, KEPT, len(tracker.events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new in a conversation."""
        with metrics_of_this_process().measure(TRACKER):
            await super().save(tracker)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        """What is new in a conversation. Rasa calls it to save, under this name."""
        kept = getattr(tracker, KEPT, None)
        new = super()._additional_events(session, tracker) if kept is None else islice(tracker.events, kept, None)
        yield from map(without_words, list(new))
        setattr(tracker, KEPT, len(tracker.events))


def _pooled_engine(url: URL) -> Engine:
    """An engine that keeps its connections: Rasa's own opens and closes the file for every statement's session."""
    engine = create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False})
    listen(engine, "connect", _write_without_waiting)
    return engine


def _write_without_waiting(connection: Connection, _record: Any) -> None:
    """A turn does not wait for the disk: a power cut may cost the last turns of the tracker, a crash of Rasa none."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # What is deleted is overwritten: it cannot be read from the file any more.
    connection.execute("PRAGMA secure_delete = ON")


def without_words(event: Event) -> Event:
    """Replies without their words: these can tell of a claim, are kept with the desk, and Rasa has no need of them."""
    if not replies_of(event):
        return event
    kept = [{name: reply[name] for name in ("kind", "faq_id") if name in reply} for reply in replies_of(event)]
    return BotUttered(None, {"custom": {REPLIES: kept}}, event.metadata, event.timestamp)
