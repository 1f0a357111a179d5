"""Rasa's conversations, in the database the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.event import listen
from sqlalchemy.orm import sessionmaker

from bot.adapters.sql.engines import make_engine
from bot.config import read_settings
from bot.inside_rasa.conversation_state import REPLIES, replies_of
from bot.inside_rasa.kept_events import add_events, keep_others_out, last_number, read_events, take_back
from bot.inside_rasa.repeated_turns import begin_of_repeated_turn
from bot.inside_rasa.stages import TRACKER, metrics_of_this_process

KEPT = "kept_events"
"""The attribute of a tracker that says what of it is in the database."""


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
        self.engine: Engine = _engine(url)
        self.sessionmaker = sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation, which knows how much of it is kept: Rasa would count that anew before each time it saves.

        If the current turn was taken before, the conversation is as it was before that.
        """
        with metrics_of_this_process().measure(TRACKER), self.engine.connect() as connection:
            rows = read_events(connection, sender_id)
        if not rows:
            return None
        events = [event for _, event in rows]
        again = begin_of_repeated_turn(events)
        tracker = DialogueStateTracker.from_dict(sender_id, events[:again], self.domain.slots)
        repeated_from = None if again is None else rows[again][0]
        setattr(tracker, KEPT, Kept(len(events[:again]), rows[-1][0], repeated_from))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new. Raises ``Overtaken``."""
        await self.stream_events(tracker)
        kept: Kept = getattr(tracker, KEPT, Kept())
        new = map(without_words, islice(tracker.events, kept.count, None))
        with metrics_of_this_process().measure(TRACKER), self.engine.begin() as connection:
            _make_sure_nobody_was_faster(connection, tracker.sender_id, kept)
            if kept.repeated_from is not None:
                take_back(connection, tracker.sender_id, kept.repeated_from)
            add_events(connection, tracker.sender_id, new)
            # Rasa saves a conversation that begins, and goes on with it.
            last = None if hasattr(tracker, KEPT) else last_number(connection, tracker.sender_id)
        setattr(tracker, KEPT, Kept(len(tracker.events), last))


def _make_sure_nobody_was_faster(connection: Connection, sender_id: str, kept: Kept) -> None:
    """Locks keep turns apart, but a process that was held up can lose its lock. Of two turns the first one counts."""
    keep_others_out(connection, sender_id)
    if kept.last is not None and kept.last != last_number(connection, sender_id):
        raise Overtaken("another turn of the conversation was kept meanwhile")


def _engine(url: URL) -> Engine:
    engine = make_engine(url, future=False)
    if engine.dialect.name == "sqlite":
        listen(engine, "connect", _write_without_waiting)
    return engine


def _write_without_waiting(connection: SqliteConnection, _record: Any) -> None:
    """A turn does not wait for the disk: a power cut may cost the last turns of the tracker, a crash of Rasa none."""
    connection.execute("PRAGMA synchronous = NORMAL")


def without_words(event: Event) -> Event:
    """Replies without their words: these can tell of a claim, are kept with the desk, and Rasa has no need of them."""
    if not replies_of(event):
        return event
    kept = [{name: reply[name] for name in ("kind", "faq_id") if name in reply} for reply in replies_of(event)]
    return BotUttered(None, {"custom": {REPLIES: kept}}, event.metadata, event.timestamp)
