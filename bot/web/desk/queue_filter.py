"""The queue's filter and place as they stand in a page's address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import TypeVar
from urllib.parse import urlencode

from bot.core.plain_text import one_line
from bot.core.ticket_queue import LONGEST_SEARCH, QueueFilter, StateGroup, Whose
from bot.services.queue_ports import Place

_BETWEEN = "~"
_Choice = TypeVar("_Choice", bound=Enum)


def filter_of(given: Mapping[str, str], topics: Collection[str]) -> QueueFilter:
    """The filter of an address; what cannot be read is left at what it is without."""
    usual = QueueFilter()
    topic = given.get("topic", "")
    return QueueFilter(
        group=_choice(StateGroup, given.get("state"), usual.group),
        whose=_choice(Whose, given.get("whose"), usual.whose),
        topic=topic if topic in topics else "",
        search=one_line(given.get("q", ""))[:LONGEST_SEARCH],
        only_late=given.get("late") == "yes",
        newest_first=given.get("sort") == "newest",
    )


def query_of(wanted: QueueFilter, **changed: object) -> str:
    """The address' query for a filter, with some of it changed; empty for the usual one."""
    wanted = replace(wanted, **changed)  # type: ignore[arg-type]
    usual = QueueFilter()
    parts = {
        "state": wanted.group.value if wanted.group is not usual.group else "",
        "whose": wanted.whose.value if wanted.whose is not usual.whose else "",
        "topic": wanted.topic,
        "q": wanted.search,
        "late": "yes" if wanted.only_late else "",
        "sort": "newest" if wanted.newest_first else "",
    }
    return urlencode({name: value for name, value in parts.items() if value})


def place_of(text: str) -> Place | None:
    """The place that an address names; None for what names none."""
    moment, _, reference = text.partition(_BETWEEN)
    try:
        created_at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    known = (
        created_at.tzinfo is not None
        and 1970 < created_at.year < 9000
        and reference.isascii()
        and reference.replace("-", "").isalnum()
    )
    return Place(created_at, reference) if known else None


def place_in_address(place: Place) -> str:
    """How an address names a place."""
    return f"{place.created_at.isoformat()}{_BETWEEN}{place.reference}"


def _choice(kind: type[_Choice], given: str | None, usual: _Choice) -> _Choice:
    try:
        return kind(given)
    except ValueError:
        return usual
