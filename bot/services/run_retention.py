"""Deletes what was kept long enough, kind by kind and in small steps, so that the desk goes on beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.retention import KEPT_DAYS, kept_since
from bot.services.finish_removals import Removed, finish_removals
from bot.services.ports import Clock, Unavailable
from bot.services.privacy_ports import AgingData, Elsewhere, Removals

BATCH = 1000


@dataclass(frozen=True)
class RetentionDesk:
    """Everything retention works with."""

    data: Sequence[AgingData]
    removals: Removals
    elsewhere: Sequence[Elsewhere]
    clock: Clock
    """The real time."""
    desk_clock: Clock
    """The day the desk acts on."""
    wipe: Callable[[], object]
    """Makes sure that what was deleted cannot be read from the databases' files any more, as far as it can just now."""


@dataclass(frozen=True)
class Outcome:
    """How far one kind of data is."""

    name: str
    days: int
    """For how long it is kept; 0 until it is over by itself."""
    found: int = 0
    deleted: int = 0
    problem: str = ""
    """Why it did not come to its end."""


def run_retention(desk: RetentionDesk, *, dry_run: bool = False) -> Iterator[Outcome | Removed]:
    """Delete step by step: the caller decides how long to wait before the next one, and may never ask for it.

    Gives the state of a kind after each step, and at the end what was removed beside the database. One kind that fails
    keeps no other from its turn. A dry run only counts.
    """
    for data in desk.data:
        yield from _one_kind(data, _now(desk, data), dry_run)
    if not dry_run:
        yield from finish_removals(desk.removals, desk.elsewhere)
        desk.wipe()


def _one_kind(data: AgingData, now: datetime, dry_run: bool) -> Iterator[Outcome]:
    before = kept_since(data.kept, now) if data.kept else now
    outcome = Outcome(data.name, KEPT_DAYS[data.kept] if data.kept else 0)
    try:
        outcome = replace(outcome, found=data.count(before))
        yield outcome
        if not dry_run and outcome.found:
            for deleted in data.drop(before, BATCH):
                outcome = replace(outcome, deleted=outcome.deleted + deleted)
                yield outcome
    except Unavailable as error:
        yield replace(outcome, problem=str(error))


def _now(desk: RetentionDesk, data: AgingData) -> datetime:
    """A day in the future, set for a demonstration, makes nothing older than it is."""
    now = desk.clock.now()
    return min(now, desk.desk_clock.now()) if data.ages_by_desk_clock else now
