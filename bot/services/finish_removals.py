"""Removes elsewhere what is gone from the desk database: as often as it takes, however often it was interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.services.ports import Unavailable
from bot.services.privacy_ports import Elsewhere, Place, Removals

AT_ONCE = 500


@dataclass(frozen=True)
class Removed:
    """What was removed from one place, and what could not be."""

    place: Place
    removed: int = 0
    left: int = 0
    """Of these something is still there."""
    problem: str = ""
    """Why the place could not be reached."""


def finish_removals(removals: Removals, elsewhere: Sequence[Elsewhere]) -> list[Removed]:
    """Remove everything that is noted, place by place; one that cannot be reached keeps no other from it.

    Raises ``Unavailable`` if what is noted cannot be read.
    """
    return [_finish(removals, one) for one in elsewhere]


def _finish(removals: Removals, elsewhere: Elsewhere) -> Removed:
    removed = left = 0
    for keys in _batches(removals, elsewhere.place):
        try:
            gone = elsewhere.remove(keys)
        except Unavailable as error:
            return Removed(elsewhere.place, removed, left + len(keys), str(error))
        removals.done(elsewhere.place, gone)
        removed, left = removed + len(gone), left + len(keys) - len(gone)
    return Removed(elsewhere.place, removed, left)


def _batches(removals: Removals, place: Place) -> Iterator[Sequence[str]]:
    after = ""
    while keys := removals.pending(place, after, AT_ONCE):
        yield keys
        after = keys[-1]
