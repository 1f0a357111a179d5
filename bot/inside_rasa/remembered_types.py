"""Rasa's event types by name, looked up once."""

from __future__ import annotations

from functools import lru_cache

from rasa.shared.core.events import Event


def remember_event_types() -> None:
    """Rasa goes through all its classes for every event it reads back: a twentieth of a turn."""
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
