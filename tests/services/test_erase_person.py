"""Erasing and exporting, with the desk's records and places as fakes: order, failures, and what is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone

import pytest

from bot.core.promotion import ReferenceFormat
from bot.core.tickets import TicketFile
from bot.services.erase_person import erase_person
from bot.services.export_person import export_person
from bot.services.finish_removals import Removed
from bot.services.ports import InvalidInput, Unavailable
from bot.services.privacy_desk import PrivacyDesk
from bot.services.privacy_ports import Mention, OpenRecords, Person, Place, Record
from tests.fakes import FakeClock
from tests.fakes.privacy import FakePlace, FakeRemovals

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
FILE = TicketFile("file", "invoice.pdf", "application/pdf", 3)
ANNA = Person(
    "anna@x.example",
    ("T-1",),
    {"c1": "ticket T-1 came from it"},
    (FILE,),
    written_references=frozenset({"len 418823", "LEN-000002", "I do not know", "LEN-777777 and LEN 888 888"}),
)


class FakeKind:
    """The ``PersonalData`` port over the names of persons."""

    def __init__(self, name: str, *persons: str, is_down: bool = False) -> None:
        self.name = name
        self.persons = list(persons)
        self.is_down = is_down
        self.asked: list[Person] = []

    def export(self, person: Person) -> Sequence[Record]:
        return [{"email": one} for one in self.persons if one == person.email]

    def erase(self, person: Person) -> int:
        self.asked.append(person)
        if self.is_down:
            raise Unavailable("it is down")
        return len(self.export(person))


class FakeRecords:
    """The ``PersonalRecords`` and ``OpenRecords`` ports; what was noted counts once the transaction is kept."""

    def __init__(self, removals: FakeRemovals, *kinds: FakeKind) -> None:
        self.kinds = kinds
        self.noted: list[tuple[str, str, str, bool]] = []
        self.kept = 0
        self._removals = removals
        self._pending: list[tuple[Place, Collection[str]]] = []

    @contextmanager
    def opened(self, *, keep: bool = True) -> Iterator[OpenRecords]:
        self._pending, before = [], list(self.noted)
        try:
            yield self
        except BaseException:
            self.noted = before
            raise
        self.kept += keep
        for place, keys in self._pending if keep else ():
            self._removals.noted[place] += keys
        self.noted = self.noted if keep else before

    def identify(self, email: str) -> Person:
        return ANNA if email == ANNA.email else Person(email)

    def mentions(self, email: str) -> Sequence[Mention]:
        return [Mention("tickets", ("T-1",)), Mention("tickets", ("T-2",))]

    def still(self, email: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
        return mentions[1:]

    def note_removals(self, place: Place, keys: Collection[str]) -> None:
        self._pending.append((place, keys))

    def note(self, by: str, action: str, email: str, at: datetime, *, is_erased: bool) -> None:
        self.noted.append((by, action, email, is_erased))


@dataclass
class FakeOwnedClaims:
    """The ``OwnedClaims`` port over a table."""

    owners: Mapping[str, str]
    is_down: bool = False

    def of(self, email: str) -> Sequence[str]:
        if self.is_down:
            raise Unavailable("the claims database is down")
        return [reference for reference, owner in self.owners.items() if owner == email]

    def of_others(self, email: str, references: Collection[str]) -> set[str]:
        return {reference for reference in references if self.owners.get(reference, email) != email}


class FakeDialogue:
    """The ``Dialogue`` port with one event a conversation."""

    def of(self, conversations: Collection[str]) -> Sequence[Record]:
        return [{"sender_id": id} for id in conversations]


class NoFiles:
    """The ``StoredFiles`` port where nothing is stored."""

    def read(self, id: str) -> bytes | None:
        return None


@dataclass
class World:
    """A desk, and what it is made of."""

    kinds: Sequence[FakeKind] = field(
        default_factory=lambda: [FakeKind("messages", ANNA.email, "bo@y.example"), FakeKind("tickets", ANNA.email)]
    )
    claims: FakeOwnedClaims = field(
        default_factory=lambda: FakeOwnedClaims({"LEN-000001": ANNA.email, "LEN-000002": "bo@y.example"})
    )
    removals: FakeRemovals = field(default_factory=FakeRemovals)
    places: Sequence[FakePlace] = field(default_factory=lambda: [FakePlace(place) for place in Place])
    can_be_wiped: bool = True

    def __post_init__(self) -> None:
        self.records = FakeRecords(self.removals, *self.kinds)
        self.desk = PrivacyDesk(
            self.records, self.claims, FakeDialogue(), NoFiles(), self.removals, self.places,
            ReferenceFormat("LEN", 6), FakeClock(NOW), lambda: self.can_be_wiped,
        )  # fmt: skip


def test_a_person_is_erased_everywhere_and_their_claims_are_told() -> None:
    world = World()

    done = erase_person(world.desk, " Anna@X.example ", by="root")

    assert done.erased == {"messages": 1, "tickets": 1}
    assert [place.removed for place in world.places] == [["file"], ["c1"], ["T-1"]]
    assert not any(world.removals.noted.values())
    assert (done.claims, done.mentions) == (["LEN-000001"], [Mention("tickets", ("T-2",))])
    assert done.is_complete and not done.is_empty
    assert world.records.noted == [("root", "person_erased", ANNA.email, True)]


def test_their_references_are_those_of_their_claims_and_those_they_wrote_that_are_nobody_elses() -> None:
    world = World()
    erase_person(world.desk, ANNA.email, by="root")

    (person,) = world.kinds[0].asked
    assert person.references == {"LEN-000001", "LEN-418823", "LEN-777777", "LEN-888888"}
    assert person.names == {*person.references, ANNA.email, "T-1", "invoice.pdf"}


def test_a_dry_run_tells_the_same_and_keeps_nothing_of_it() -> None:
    world = World()

    told = erase_person(world.desk, ANNA.email, by="root", dry_run=True)

    assert world.records.kept == 0 and world.records.noted == []
    assert not any(place.removed for place in world.places) and not any(world.removals.noted.values())
    done = erase_person(world.desk, ANNA.email, by="root")
    assert replace(done, removed=()) == told


@pytest.mark.parametrize("is_down", ["claims", "records"])
def test_what_cannot_be_erased_as_a_whole_is_not_erased_at_all(is_down: str) -> None:
    world = World(
        kinds=[FakeKind("messages", ANNA.email), FakeKind("tickets", ANNA.email, is_down=is_down == "records")],
        claims=FakeOwnedClaims({}, is_down=is_down == "claims"),
    )

    with pytest.raises(Unavailable):
        erase_person(world.desk, ANNA.email, by="root")

    assert world.records.kept == 0 and not any(place.removed for place in world.places)


def test_a_second_run_finishes_what_the_first_one_could_not() -> None:
    files, rasa, shown = (FakePlace(place) for place in Place)
    files.stuck, rasa.is_down = ["file"], True
    world = World(places=[files, rasa, shown])

    first = erase_person(world.desk, ANNA.email, by="root")
    assert not first.is_complete
    assert first.removed == [
        Removed(Place.FILES, 0, 1),
        Removed(Place.RASA, 0, 1, "the place is away"),
        Removed(Place.SHOWN_MAILS, 1),
    ]

    files.stuck, rasa.is_down = [], False
    for kind in world.kinds:
        kind.persons.clear()
    second = erase_person(world.desk, "somebody@else.example", by="root")

    assert second.is_empty and second.is_complete
    assert files.removed == ["file"] and rasa.removed == ["c1"]
    assert len(world.records.noted) == 1, "who was not there was not erased"


def test_what_can_still_be_read_from_a_file_is_not_complete() -> None:
    assert not erase_person(World(can_be_wiped=False).desk, ANNA.email, by="root").is_complete


def test_an_export_has_every_kind_and_is_noted() -> None:
    world = World()

    exported = export_person(world.desk, "ANNA@x.example", by="root")

    assert exported.records == {"messages": [{"email": ANNA.email}], "tickets": [{"email": ANNA.email}]}
    assert exported.dialogue == [{"sender_id": "c1"}] and exported.claims == ["LEN-000001"] and exported.count == 3
    assert exported.person.files == (FILE,) and exported.at == NOW
    assert world.records.noted == [("root", "person_exported", ANNA.email, False)]


@pytest.mark.parametrize("typed", ["", "anna", "anna@", "%@x.example, bo@y.example", "T-2023-000001"])
def test_what_is_no_address_is_nobody(typed: str) -> None:
    world = World()
    for run in (erase_person, export_person):
        with pytest.raises(InvalidInput, match="no e-mail address"):
            run(world.desk, typed, by="root")
    assert world.records.kept == 0
