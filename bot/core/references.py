"""Finds claim references and e-mail addresses in what customers type, however they are spelt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.core.folding import fold
from bot.core.promotion import ReferenceFormat
from bot.core.written_forms import email_spans, reference_pattern


@dataclass(frozen=True)
class FoundReference:
    """A claim reference in its official spelling, and where it stands in the text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class FoundEmailAddress:
    """An e-mail address in lower case, and where it stands in the text."""

    value: str
    start: int
    end: int


def find_claim_references(text: str, reference_format: ReferenceFormat, *, bare: bool = False) -> list[FoundReference]:
    """References in the order of the text; ``bare`` (it was asked for just now) takes the digits alone too."""
    folded = fold(text)
    found = [
        _found(match, reference_format)
        for match in reference_pattern(reference_format).finditer(folded)
        if not _continues(folded, match.end())
    ]
    if bare:
        found += [
            _found(match, reference_format)
            for match in _bare_pattern(reference_format.digits).finditer(folded)
            if not any(match.start() < other.end and other.start < match.end() for other in found)
        ]
    return sorted(found, key=lambda reference: reference.start)


def find_email_addresses(text: str) -> list[FoundEmailAddress]:
    """Addresses in the order of the text, without brackets, ``mailto:`` and punctuation around them."""
    folded = fold(text)
    return [FoundEmailAddress(folded[start:end].lower(), start, end) for start, end in email_spans(folded)]


def _found(match: re.Match[str], reference_format: ReferenceFormat) -> FoundReference:
    digits = re.sub(r"\D", "", match.group("digits"))
    return FoundReference(reference_format.join(digits), match.start(), match.end())


def _continues(text: str, end: int) -> bool:
    """Whether the number goes on unspaced after its last digit: ``LEN-482913.5``."""
    return re.match(r"[.,/]\d", text[end : end + 2]) is not None


@lru_cache(maxsize=16)
def _bare_pattern(digits: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@.,/+-])(?<!\d )(?P<digits>\d(?:[ .-]?\d){{{digits - 1}}})(?![\w@]|[.,/-]\d| \d)")
