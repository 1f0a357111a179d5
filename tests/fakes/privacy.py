"""The ports to what is removed, and to where it lies, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.services.ports import Unavailable
from bot.services.privacy_ports import Place


class FakeRemovals:
    """The ``Removals`` port in memory."""

    def __init__(self, **noted: Sequence[str]) -> None:
        self.noted = {place: list(noted.get(place.name, ())) for place in Place}

    def pending(self, place: Place, after: str, most: int) -> Sequence[str]:
        return [key for key in sorted(self.noted[place]) if key > after][:most]

    def done(self, place: Place, keys: Collection[str]) -> None:
        self.noted[place] = [key for key in self.noted[place] if key not in keys]


@dataclass
class FakePlace:
    """The ``Elsewhere`` port; what it is stuck with stays."""

    place: Place
    stuck: Collection[str] = ()
    is_down: bool = False
    removed: list[str] = field(default_factory=list)

    def remove(self, keys: Collection[str]) -> Collection[str]:
        if self.is_down:
            raise Unavailable("the place is away")
        gone = [key for key in keys if key not in self.stuck]
        self.removed += gone
        return gone
