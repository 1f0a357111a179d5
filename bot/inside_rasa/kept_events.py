"""Reads, adds and takes back the events of a conversation, in the table that Rasa's SQL tracker store has made.

The statements are written out: put together from SQLAlchemy's objects anew in every turn, they cost more than the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import Event, SessionStarted, SlotSet, UserUttered
from sqlalchemy import text
from sqlalchemy.engine import Connection

REMEMBERED = 30
"""So many of the customer's last messages are read back with everything that belongs to them."""

_READ = text(
    """
    WITH own AS (SELECT id, type_name, timestamp, action_name FROM events WHERE sender_id = :sender),
         begun AS (SELECT COALESCE(MAX(timestamp), 0) AS at FROM own WHERE type_name = :session),
         recent AS (SELECT COALESCE((SELECT id FROM own WHERE type_name = :message ORDER BY id DESC LIMIT 1 OFFSET :before), 0) AS first)
    SELECT id, data FROM events
    WHERE sender_id = :sender AND timestamp >= (SELECT at FROM begun)
      AND (id >= (SELECT first FROM recent)
           OR id IN (SELECT MAX(id) FROM own WHERE type_name = :slot AND id < (SELECT first FROM recent) GROUP BY action_name))
    ORDER BY id
    """
)
_ADD = text(
    """
    INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
    VALUES (:sender_id, :type_name, :timestamp, :intent_name, :action_name, :data)
    """
)
_LAST = text("SELECT COALESCE(MAX(id), 0) FROM events WHERE sender_id = :sender")
_TAKE_BACK = text("DELETE FROM events WHERE sender_id = :sender AND id >= :first")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:sender, 0))")


def read_events(connection: Connection, sender: str) -> list[tuple[int, dict[str, Any]]]:
    """The last turns since the session began, and the value each slot had before them, by their numbers.

    So a turn costs the same however long one has talked.
    """
    types = {"session": SessionStarted.type_name, "message": UserUttered.type_name, "slot": SlotSet.type_name}
    rows = connection.execute(_READ, {"sender": sender, "before": REMEMBERED - 1, **types})
    return [(number, json.loads(data)) for number, data in rows]


def add_events(connection: Connection, sender: str, events: Iterable[Event]) -> None:
    """Add them in their order, in the columns that Rasa has for them."""
    rows = [_row(sender, event) for event in events]
    if rows:
        connection.execute(_ADD, rows)


def last_number(connection: Connection, sender: str) -> int:
    """The number of a conversation's last event; 0 if there is none."""
    return int(connection.execute(_LAST, {"sender": sender}).scalar_one())


def take_back(connection: Connection, sender: str, first: int) -> None:
    """Remove the events from that number on."""
    connection.execute(_TAKE_BACK, {"sender": sender, "first": first})


def keep_others_out(connection: Connection, sender: str) -> None:
    """Until the transaction ends, nobody else keeps a turn of that conversation; SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE, {"sender": sender})


def _row(sender: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
