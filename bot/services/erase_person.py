"""Erases a person from the desk: from its database in one transaction, then from every other place, again and again until it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.services.finish_removals import Removed, finish_removals
from bot.services.ports import Unavailable
from bot.services.privacy_desk import PrivacyDesk, checked_email, identify_person
from bot.services.privacy_ports import Mention, OpenRecords, Person, Place

ERASED = "person_erased"
"""The audit log's action."""


@dataclass(frozen=True)
class Erasure:
    """What an erasure has done, or would do."""

    person: Person
    erased: Mapping[str, int]
    """How many records of each kind in the desk database."""
    elsewhere: Mapping[Place, int]
    """How many files, conversations and mails beside it."""
    claims: Sequence[str]
    """Their claims in the claims database, whose owner has to erase them."""
    mentions: Sequence[Mention]
    """Records of others in which the address stands: they stay, and somebody has to read them."""
    removed: Sequence[Removed] = ()
    """How removing beside the desk database went."""
    is_wiped: bool = True
    """Whether nothing can be read any more from the databases' files."""

    @property
    def is_empty(self) -> bool:
        return not any((*self.erased.values(), *self.elsewhere.values()))

    @property
    def is_complete(self) -> bool:
        return self.is_wiped and not any(removed.left or removed.problem for removed in self.removed)


def erase_person(desk: PrivacyDesk, typed: str, *, by: str, dry_run: bool = False) -> Erasure:
    """Erase whoever has this address. Raises ``InvalidInput``, and ``Unavailable`` if nothing was erased.

    What could not be removed beside the desk database stays noted: the next erasure, or the daily deletion, goes on
    with it. A dry run does all of it in the desk database and takes it back.
    """
    email = checked_email(typed)
    with desk.records.opened(keep=not dry_run) as records:
        erasure = _erase_records(desk, records, email)
        if not erasure.is_empty:
            records.note(by, ERASED, email, desk.clock.now(), is_erased=True)
    return erasure if dry_run else _finish(desk, erasure)


def _erase_records(desk: PrivacyDesk, records: OpenRecords, email: str) -> Erasure:
    person, claims = identify_person(desk, records, email)
    # Before anything is changed: from then on others may have to wait.
    mentions = records.mentions(email)
    erased = {kind.name: kind.erase(person) for kind in records.kinds}
    elsewhere = {
        Place.FILES: [file.id for file in person.files],
        Place.RASA: list(person.conversations),
        Place.SHOWN_MAILS: list(person.tickets),
    }
    for place, keys in elsewhere.items():
        records.note_removals(place, keys)
    counts = {place: len(keys) for place, keys in elsewhere.items()}
    return Erasure(person, erased, counts, claims, records.still(email, mentions))


def _finish(desk: PrivacyDesk, erasure: Erasure) -> Erasure:
    """The desk database is done: whatever fails now is told and not raised."""
    try:
        removed = finish_removals(desk.removals, desk.elsewhere)
    except Unavailable as error:
        removed = [Removed(place, left=count, problem=str(error)) for place, count in erasure.elsewhere.items()]
    return replace(erasure, removed=removed, is_wiped=desk.wipe())
