"""What deleting, exporting and erasing need of the outside world: who a person is there, what ages, what lies elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.core.retention import Kept
from bot.core.tickets import TicketFile

Record = Mapping[str, object]
"""One thing that is kept, by the names of its columns."""


class Place(str, Enum):
    """Where, beside the desk database, something of a person lies."""

    FILES = "files"
    RASA = "rasa"
    SHOWN_MAILS = "shown mails"


@dataclass(frozen=True)
class Person:
    """Somebody by their address, and everything that leads from it to what is kept about them."""

    email: str
    """In its comparable form."""
    tickets: tuple[str, ...] = ()
    conversations: Mapping[str, str] = field(default_factory=dict)
    """By id, with the reason why it is taken for theirs."""
    files: tuple[TicketFile, ...] = ()
    references: frozenset[str] = frozenset()
    """Claims, in their official spelling."""
    written_references: frozenset[str] = frozenset()
    """What they wrote where a claim reference was asked for: it may be anything, also somebody else's."""
    called: frozenset[str] = frozenset()
    """Their names and companies, as they gave them."""
    sayings: frozenset[str] = frozenset()
    """What they said in their conversations, and nobody else in another."""

    @property
    def names(self) -> frozenset[str]:
        """Everything by which a log can name them or what is theirs."""
        return frozenset({self.email, *self.tickets, *self.references, *(file.name for file in self.files)})


@dataclass(frozen=True)
class Mention:
    """A record that holds an address."""

    table: str
    key: tuple[object, ...]

    def __str__(self) -> str:
        return " ".join((self.table, *map(str, self.key)))


class PersonalData(Protocol):
    """One kind of records about persons, within the transaction it was opened in."""

    @property
    def name(self) -> str:
        """How exports and reports call it."""

    def export(self, person: Person) -> Sequence[Record]:
        """What is kept about the person. Raises ``Unavailable``."""

    def erase(self, person: Person) -> int:
        """Remove it, or whatever of it names the person; how many records that were. Raises ``Unavailable``."""


class OpenRecords(Protocol):
    """The desk's records in one transaction."""

    kinds: Sequence[PersonalData]
    """In the order in which they can be erased."""

    def identify(self, email: str) -> Person:
        """Who has this address; without ``references``. Raises ``Unavailable``."""

    def mentions(self, email: str) -> Sequence[Mention]:
        """Every record that holds the address. Reads all there is, so ask before changing anything. Raises ``Unavailable``."""

    def still(self, email: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Those that hold it after what was changed in this transaction. Raises ``Unavailable``."""

    def note_removals(self, place: Place, keys: Collection[str]) -> None:
        """Note what has to go elsewhere once this transaction is over. Raises ``Unavailable``."""

    def note(self, by: str, action: str, email: str, at: datetime, *, is_erased: bool) -> None:
        """Into the audit log; an erased address as its keyed hash. Raises ``Unavailable``."""


class PersonalRecords(Protocol):
    """Everything the desk database holds about persons."""

    def opened(self, *, keep: bool = True) -> AbstractContextManager[OpenRecords]:
        """One transaction: all that is done in it is kept, or nothing of it. Raises ``Unavailable``."""


class OwnedClaims(Protocol):
    """Whose claims there are, in the claims database, which is only read."""

    def of(self, email: str) -> Sequence[str]:
        """The references of claims with this address, compared as addresses are. Raises ``Unavailable``."""

    def of_others(self, email: str, references: Collection[str]) -> set[str]:
        """Those of the references that are claims with another address. Raises ``Unavailable``."""


class Elsewhere(Protocol):
    """One place beside the desk database from which something is removed for good."""

    place: Place

    def remove(self, keys: Collection[str]) -> Collection[str]:
        """Those of the keys of which nothing is left there. Raises ``Unavailable``."""


class Removals(Protocol):
    """What is gone from the desk database and has still to go elsewhere."""

    def pending(self, place: Place, after: str, most: int) -> Sequence[str]:
        """Keys beyond one, in their order. Raises ``Unavailable``."""

    def done(self, place: Place, keys: Collection[str]) -> None:
        """Raises ``Unavailable``."""


class Dialogue(Protocol):
    """Rasa's own record of conversations."""

    def of(self, conversations: Collection[str]) -> Sequence[Record]:
        """Their events, in order. Raises ``Unavailable``."""


class StoredFiles(Protocol):
    """Where the bytes of files lie."""

    def read(self, id: str) -> bytes | None:
        """The bytes, or None if there are none. Raises ``Unavailable``."""


class AgingData(Protocol):
    """One kind of data that is kept for so long and no longer."""

    @property
    def name(self) -> str:
        """How reports call it."""

    @property
    def kept(self) -> Kept | None:
        """For how long; None if it is over by itself."""

    @property
    def ages_by_desk_clock(self) -> bool:
        """Whether its moments are those of the day the desk acts on; else of the real time."""

    def count(self, before: datetime) -> int:
        """How much of it is older than the moment. Raises ``Unavailable``."""

    def drop(self, before: datetime, most: int) -> Iterator[int]:
        """Remove it, so many at a time and each time in a transaction of its own; how many it were. Raises ``Unavailable``."""
