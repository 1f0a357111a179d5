"""Find the claims an agent looks for, by whatever was typed, and note in the audit log which ones were shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.core.agents import Agent
from bot.core.claim_queries import ClaimQuery, read_claim_query
from bot.core.email_addresses import masked_email
from bot.core.view_reasons import ViewReason
from bot.services.claim_ports import FoundClaims
from bot.services.claims_desk import ClaimsDesk

CLAIMS_LISTED = 50
SEARCHED = "claims_searched"
"""The audit log's action for a list of claims that was shown."""
_LONGEST_NAME = 80


class FoundBy(str, Enum):
    """How what was typed was understood."""

    KEYS = "keys"
    """Reference, e-mail address or invoice number."""
    COMPANY = "company"
    NOTHING = "nothing"


@dataclass(frozen=True)
class ClaimSearchResult:
    """What was looked for, and what was found."""

    query: ClaimQuery
    found: FoundClaims
    found_by: FoundBy


def find_claims(typed: str, *, desk: ClaimsDesk, agent: Agent, reason: ViewReason) -> ClaimSearchResult:
    """At most ``CLAIMS_LISTED`` claims with their count; what was found is noted before it is given. Raises ``Unavailable``."""
    query = read_claim_query(typed, desk.promotion.claim_reference)
    result = _search(query, desk)
    if result.found.count:
        subject = _subject(query, result)
        desk.audit.note(agent, SEARCHED, subject, str(reason), desk.clock.now())
    return result


def _search(query: ClaimQuery, desk: ClaimsDesk) -> ClaimSearchResult:
    if query.has_keys:
        found = desk.search.by_keys(query.references, query.emails, query.invoice_number, CLAIMS_LISTED)
        if found.count:
            return ClaimSearchResult(query, found, FoundBy.KEYS)
    if query.company:
        found = desk.search.by_company(query.company, CLAIMS_LISTED)
        if found.count:
            return ClaimSearchResult(query, found, FoundBy.COMPANY)
    return ClaimSearchResult(query, FoundClaims(), FoundBy.NOTHING)


def _subject(query: ClaimQuery, result: ClaimSearchResult) -> str:
    """What was looked for, without anybody's whole address, and every claim that was shown."""
    shown = ", ".join(claim.reference for claim in result.found.claims)
    if result.found_by is FoundBy.COMPANY:
        return f"company {query.company[:_LONGEST_NAME]} → {shown}"
    numbers = (f"invoice number {query.invoice_number}",) if query.invoice_number else ()
    return f"{' or '.join((*query.references, *map(masked_email, query.emails), *numbers))} → {shown}"
