"""What an agent looks for is found, and nothing is shown that the audit log does not have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.audit import SqlAudit
from bot.adapters.sql.import_claims import import_claims
from bot.core.agents import Agent
from bot.core.claims import Claim
from bot.core.view_reasons import Occasion, ViewReason
from bot.services.claims_desk import ClaimsDesk
from bot.services.console_ports import AuditEntry
from bot.services.find_claims import CLAIMS_LISTED, SEARCHED, ClaimSearchResult, FoundBy, find_claims
from bot.services.ports import Unavailable
from tests.claims import PAID, SUBMITTED

CLAIM = replace(SUBMITTED, invoice_number="INV-2023/0042")
SAME_OWNER = replace(PAID, reference="LEN-615205", invoice_number="615204")
NOISE = replace(PAID, reference="LEN-300300", email="noise@noise.example", company="Noise", invoice_number="17")
Noted = Callable[[], Sequence[AuditEntry]]
CALL = ViewReason(Occasion.CALL, "about the money")


@pytest.fixture
def fill(claims_database: Engine, claims_desk: ClaimsDesk) -> Callable[..., None]:
    def filled(*claims: Claim) -> None:
        import_claims(claims_database, claims_desk.promotion.key, claims)

    filled(CLAIM, SAME_OWNER, NOISE)
    return filled


@pytest.fixture
def noted(desk_database: Engine) -> Noted:
    return lambda: SqlAudit(desk_database).entries(limit=100)


def look(desk: ClaimsDesk, agent: Agent, typed: str) -> ClaimSearchResult:
    return find_claims(typed, desk=desk, agent=agent, reason=CALL)


def found(result: ClaimSearchResult) -> list[str]:
    return [claim.reference for claim in result.found.claims]


@pytest.mark.parametrize(
    ("typed", "references", "by"),
    [
        ("len 615 204", ["LEN-615204"], FoundBy.KEYS),
        ("615204", ["LEN-615204", "LEN-615205"], FoundBy.KEYS),
        ("KONTOR@birkvik.example", ["LEN-615204", "LEN-615205"], FoundBy.KEYS),
        ("inv 2023 0042", ["LEN-615204"], FoundBy.KEYS),
        ("17", ["LEN-300300"], FoundBy.KEYS),
        ("birk", ["LEN-615204", "LEN-615205"], FoundBy.COMPANY),
        ("bi", [], FoundBy.NOTHING),
        ("nobody@birkvik.example", [], FoundBy.NOTHING),
        ("LEN-999999", [], FoundBy.NOTHING),
        ("%%%", [], FoundBy.NOTHING),
        ("", [], FoundBy.NOTHING),
    ],
)
def test_what_was_typed_is_recognised(
    claims_desk: ClaimsDesk, agent: Agent, fill: object, typed: str, references: list[str], by: FoundBy
) -> None:
    result = look(claims_desk, agent, typed)
    assert (sorted(found(result)), result.found_by) == (references, by)


def test_the_log_says_who_looked_for_what_saw_which_claims_and_why(
    claims_desk: ClaimsDesk, agent: Agent, fill: object, noted: Noted
) -> None:
    look(claims_desk, agent, "Birkvik")
    (entry,) = noted()
    assert (entry.agent_id, entry.agent_name, entry.action) == ("a1", "Bo", SEARCHED)
    assert entry.at == claims_desk.clock.now()
    assert entry.subject == "company birkvik → LEN-615204, LEN-615205"
    assert entry.why == "Phone call: about the money"


def test_the_log_keeps_nobodys_whole_address(claims_desk: ClaimsDesk, agent: Agent, fill: object, noted: Noted) -> None:
    look(claims_desk, agent, "kontor@birkvik.example and LEN-300300")
    (entry,) = noted()
    assert entry.subject.startswith("LEN-300300 or k…@birkvik.example → ")
    assert "kontor" not in entry.subject


def test_a_search_that_shows_nothing_is_not_noted(
    claims_desk: ClaimsDesk, agent: Agent, fill: object, noted: Noted
) -> None:
    look(claims_desk, agent, "LEN-999999")
    assert noted() == []


def test_what_cannot_be_noted_is_not_shown(
    claims_desk: ClaimsDesk, agent: Agent, fill: object, desk_database: Engine
) -> None:
    with desk_database.begin() as connection:
        connection.execute(text("DROP TABLE audit"))
    with pytest.raises(Unavailable):
        look(claims_desk, agent, "birkvik")


def test_fifty_are_listed_and_all_are_counted(
    claims_desk: ClaimsDesk, agent: Agent, fill: Callable[..., None], noted: Noted
) -> None:
    fill(*(replace(CLAIM, reference=f"LEN-{number:06}") for number in range(120)))
    result = look(claims_desk, agent, "birkvik")
    assert (result.found.count, len(result.found.claims)) == (122, CLAIMS_LISTED)
    (entry,) = noted()
    assert entry.subject.count("LEN-") == CLAIMS_LISTED
