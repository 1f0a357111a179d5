"""Take a customer's message in: keep what a look-up needs in the desk's database, and mask it before anything else sees it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from bot.core.personal_data import CLAIM_REFERENCE, EMAIL_ADDRESS, mask_personal_data
from bot.core.promotion import ReferenceFormat
from bot.services.keep_details import keep_details
from bot.services.ports import Lookups, Unavailable

SHORT_ANSWER_WORDS = 6


class Found(Protocol):
    """A claim reference or an address in a text: its value and where it stands."""

    @property
    def value(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class DetailFinder(Protocol):
    """Finds what a look-up needs in a text."""

    def references(self, text: str, *, bare: bool) -> Sequence[Found]:
        """Claim references, in their official spelling; ``bare`` ones are digits only."""

    def emails(self, text: str) -> Sequence[Found]:
        """E-mail addresses."""


def receive_message(
    conversation: str, text: str, *, finder: DetailFinder, lookups: Lookups, reference_format: ReferenceFormat
) -> str:
    """The text without personal data; what it gives for a look-up is kept for this conversation.

    If it cannot be kept, the text is masked all the same: the look-up itself will then say that it is unavailable.
    """
    emails = finder.emails(text)
    references = _apart(finder.references(text, bare=False), emails) or _bare_references(text, finder, emails)
    if emails or references:
        with suppress(Unavailable):
            keep_details(
                conversation,
                references[-1].value if references else None,
                emails[-1].value if emails else None,
                lookups,
            )
    marks = [(found, CLAIM_REFERENCE) for found in references] + [(found, EMAIL_ADDRESS) for found in emails]
    for found, placeholder in sorted(marks, key=lambda mark: -mark[0].start):
        text = f"{text[: found.start]}{placeholder}{text[found.end :]}"
    return mask_personal_data(text, reference_format)


def _bare_references(text: str, finder: DetailFinder, emails: Sequence[Found]) -> Sequence[Found]:
    """Digits alone are a reference only where hardly anything else is said."""
    if emails or len(text.split()) <= SHORT_ANSWER_WORDS:
        return _apart(finder.references(text, bare=True), emails)
    return ()


def _apart(references: Sequence[Found], emails: Sequence[Found]) -> Sequence[Found]:
    """What looks like a reference within an address belongs to the address."""
    return [
        found
        for found in references
        if not any(found.start < email.end and email.start < found.end for email in emails)
    ]
