"""Gathers everything the desk keeps about a person, to be read through and handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.privacy_desk import PrivacyDesk, checked_email, identify_person
from bot.services.privacy_ports import Person, Record

EXPORTED = "person_exported"
"""The audit log's action."""


@dataclass(frozen=True)
class PersonExport:
    """What is kept about a person, kind by kind; the bytes of their files are read one by one."""

    person: Person
    at: datetime
    records: Mapping[str, Sequence[Record]]
    dialogue: Sequence[Record]
    """Rasa's events of their conversations."""
    claims: Sequence[str]
    """Their claims in the claims database, whose owner has to export them."""

    @property
    def count(self) -> int:
        return sum(map(len, self.records.values())) + len(self.dialogue)


def export_person(desk: PrivacyDesk, typed: str, *, by: str) -> PersonExport:
    """Everything about whoever has this address; noted in the audit log before it is given. Raises ``InvalidInput``, ``Unavailable``."""
    email, now = checked_email(typed), desk.clock.now()
    with desk.records.opened() as records:
        person, claims = identify_person(desk, records, email)
        kept = {kind.name: kind.export(person) for kind in records.kinds}
        dialogue = desk.dialogue.of(person.conversations)
        records.note(by, EXPORTED, email, now, is_erased=False)
    return PersonExport(person, now, kept, dialogue, claims)
