"""What an agent looks for among the claims, recognised from what was typed into one box."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.email_addresses import comparable_email
from bot.core.folding import fold
from bot.core.invoice_numbers import LONGEST_INVOICE_NUMBER, comparable_invoice_number
from bot.core.names import comparable_name
from bot.core.plain_text import one_line
from bot.core.promotion import ReferenceFormat
from bot.core.references import find_claim_references, find_email_addresses

LONGEST_QUERY = 200
LEAST_OF_A_COMPANY = 3
"""Characters; with fewer, half of all names would be found."""
_MOST_KEYS = 10


@dataclass(frozen=True)
class ClaimQuery:
    """The ways in which what was typed can be meant, each in the form that is compared."""

    typed: str
    """On one line, cut to what is looked at."""
    references: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    invoice_number: str = ""
    company: str = ""
    """Part of a name; looked for only if no key finds anything."""

    @property
    def has_keys(self) -> bool:
        return bool(self.references or self.emails or self.invoice_number)

    @property
    def can_find(self) -> bool:
        """Whether there is anything to look for; a name that is too short is not."""
        return self.has_keys or bool(self.company)


def read_claim_query(typed: str, reference_format: ReferenceFormat) -> ClaimQuery:
    """References and addresses anywhere in the text; without any, an invoice number or part of a company's name."""
    text = one_line(typed)[:LONGEST_QUERY]
    references = _references(text, reference_format, bare=False)
    emails = tuple(comparable_email(found.value) for found in find_email_addresses(text)[:_MOST_KEYS])
    if references or emails:
        return ClaimQuery(text, references, emails)
    company = comparable_name(text)
    return ClaimQuery(
        text,
        references=_references(text, reference_format, bare=True),
        invoice_number=_invoice_number(text),
        company=company if len(company) >= LEAST_OF_A_COMPANY else "",
    )


def _references(text: str, reference_format: ReferenceFormat, *, bare: bool) -> tuple[str, ...]:
    found = find_claim_references(text, reference_format, bare=bare)
    return tuple(dict.fromkeys(reference.value for reference in found))[:_MOST_KEYS]


def _invoice_number(text: str) -> str:
    """Anything short with a digit in it: every shop writes them in its own way."""
    is_possible = len(text) <= LONGEST_INVOICE_NUMBER and re.search(r"[0-9]", fold(text))
    return comparable_invoice_number(text) if is_possible else ""
