"""Finds the two things a look-up needs, in one promotion's format."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.promotion import ReferenceFormat
from bot.core.references import (
    FoundEmailAddress,
    FoundReference,
    find_claim_references,
    find_email_addresses,
)


class ClaimDetailFinder:
    """The ``DetailFinder`` port of ``bot.services.receive_message``."""

    def __init__(self, reference_format: ReferenceFormat) -> None:
        self._reference_format = reference_format

    def references(self, text: str, *, bare: bool) -> Sequence[FoundReference]:
        return find_claim_references(text, self._reference_format, bare=bare)

    def emails(self, text: str) -> Sequence[FoundEmailAddress]:
        return find_email_addresses(text)
