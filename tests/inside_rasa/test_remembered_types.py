"""Events are read back as before, whatever is remembered of their types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rasa.shared.core.events import Event, SlotSet, UserUttered

from bot.inside_rasa.remembered_types import remember_event_types


@pytest.fixture(autouse=True)
def _forgotten_afterwards() -> Iterator[None]:
    before = Event.__dict__["resolve_by_type"]
    yield
    Event.resolve_by_type = before


def test_a_type_is_looked_up_once_and_found_as_before() -> None:
    remember_event_types()
    for _ in range(2):
        assert Event.resolve_by_type("slot") is SlotSet
        assert Event.resolve_by_type("user") is UserUttered
    assert Event.resolve_by_type.cache_info().hits >= 2


def test_an_unknown_type_is_still_refused() -> None:
    remember_event_types()
    for _ in range(2):
        with pytest.raises(ValueError, match="Unknown event name"):
            Event.resolve_by_type("invented")
