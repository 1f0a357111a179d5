"""Everything exporting and erasing a person works with, and how the person is found by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.email_addresses import comparable_email, is_address
from bot.core.promotion import ReferenceFormat
from bot.core.references import find_claim_references
from bot.services.ports import Clock, InvalidInput
from bot.services.privacy_ports import (
    Dialogue,
    Elsewhere,
    OpenRecords,
    OwnedClaims,
    Person,
    PersonalRecords,
    Removals,
    StoredFiles,
)


@dataclass(frozen=True)
class PrivacyDesk:
    """Everything about persons, wherever it lies."""

    records: PersonalRecords
    claims: OwnedClaims
    dialogue: Dialogue
    files: StoredFiles
    removals: Removals
    elsewhere: Sequence[Elsewhere]
    reference_format: ReferenceFormat
    clock: Clock
    wipe: Callable[[], bool]
    """Makes sure that what was deleted cannot be read from the databases' files any more; False if that was not possible just now."""


def checked_email(typed: str) -> str:
    """The address in its comparable form; raises ``InvalidInput`` if it is none."""
    email = comparable_email(typed)
    if not is_address(email):
        raise InvalidInput(f"{typed!r} is no e-mail address; write one such as anna@company.example")
    return email


def identify_person(desk: PrivacyDesk, records: OpenRecords, email: str) -> tuple[Person, Sequence[str]]:
    """The person of an address, and their claims in the claims database. Raises ``Unavailable``."""
    claims = desk.claims.of(email)
    person = records.identify(email)
    written = set(_official(person.written_references, desk.reference_format))
    own = {*claims, *(written - desk.claims.of_others(email, written))}
    return replace(person, references=frozenset(own)), claims


def _official(written: Iterable[str], reference_format: ReferenceFormat) -> Iterator[str]:
    """The references among what was written, in their official spelling."""
    for text in written:
        for found in find_claim_references(text, reference_format, bare=True):
            yield found.value
