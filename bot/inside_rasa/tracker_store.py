"""Rasa's conversations, in the database the settings name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, func, or_, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.event import listen
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.traced_statements import trace_statements
from bot.config import read_settings
from bot.inside_rasa.conversation_state import REPLIES, replies_of
from bot.inside_rasa.repeated_turns import begin_of_repeated_turn
from bot.inside_rasa.stages import TRACKER, metrics_of_this_process

KEPT = "kept_events"
"""The attribute of a tracker that says what of it is in the database."""
REMEMBERED = 30
"""So many of the customer's last messages are read back with everything that belongs to them."""


class Overtaken(Exception):
    """Another turn of the conversation was kept while this one was under way: whoever took this one was held up too long."""


@dataclass(frozen=True)
class Kept:
    """What the database has of a conversation."""

    count: int = 0
    """So many of the tracker's events."""
    last: int | None = 0
    """The number of its last event; None where that is not known."""
    repeated_from: int | None = None
    """The number of the first event that goes when this turn is kept: it was taken before."""


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
            query=dict(url.query),
            event_broker=event_broker,
        )
        # Rasa's own engine waits without end for a database that hangs, and keeps connections that are gone.
        self.engine.dispose()
        self.engine: Engine = (
            _sqlite_engine(url) if url.get_backend_name() == "sqlite" else make_engine(url, future=False)
        )
        self.sessionmaker = sessionmaker(bind=self.engine)
        # Rasa logs a failing statement; what it was to write stays out of the log.
        self.engine.hide_parameters = True

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
        """The conversation, which knows how much of it is kept: Rasa would count that anew before each time it saves.

        If the current turn was taken before, the conversation is as it was before that.
        """
        with metrics_of_this_process().measure(TRACKER), self.session_scope() as session:
            rows = self._event_query(session, sender_id, fetch_events_from_all_sessions=False).all()
            events = [json.loads(row.data) for row in rows]
            again = begin_of_repeated_turn(events)
            kept = Kept(len(events[:again]), rows[-1].id if rows else 0, None if again is None else rows[again].id)
        if not rows:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, events[:again], self.domain.slots)
        setattr(tracker, KEPT, kept)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new. Raises ``Overtaken``."""
        begins = not hasattr(tracker, KEPT)
        with metrics_of_this_process().measure(TRACKER):
            await super().save(tracker)
        if begins:  # Rasa saves a conversation that begins, and goes on with it
            with self.session_scope() as session:
                setattr(tracker, KEPT, Kept(len(tracker.events), self._last(session, tracker.sender_id)))

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        """What is new in a conversation. Rasa calls it to save, under this name. Raises ``Overtaken``."""
        kept: Kept = getattr(tracker, KEPT, Kept())
        self._make_sure_nobody_was_faster(session, tracker.sender_id, kept)
        if kept.repeated_from is not None:
            own = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == tracker.sender_id)
            own.filter(self.SQLEvent.id >= kept.repeated_from).delete(synchronize_session=False)
        yield from map(without_words, list(islice(tracker.events, kept.count, None)))
        setattr(tracker, KEPT, Kept(len(tracker.events), None))

    def _make_sure_nobody_was_faster(self, session: Any, sender_id: str, kept: Kept) -> None:
        """Locks keep turns apart, but a process that was held up can lose its lock. Of two turns the first one counts."""
        if self.engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:sender, 0))"), {"sender": sender_id})
        if kept.last is not None and kept.last != self._last(session, sender_id):
            raise Overtaken("another turn of the conversation was kept meanwhile")

    def _last(self, session: Any, sender_id: str) -> int:
        """The number of a conversation's last event; 0 if there is none."""
        return session.query(func.max(self.SQLEvent.id)).filter(self.SQLEvent.sender_id == sender_id).scalar() or 0


def _sqlite_engine(url: URL) -> Engine:
    """An engine that keeps its connections: Rasa's own opens and closes the file for every statement's session."""
    engine = create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False})
    listen(engine, "connect", _write_without_waiting)
    trace_statements(engine)
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
