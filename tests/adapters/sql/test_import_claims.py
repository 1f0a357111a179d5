"""Claims are imported, replaced, and kept apart by promotion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.claims_tables import claim_lines
from bot.adapters.sql.import_claims import ClaimsImport, import_claims
from bot.core.claims import ClaimLine
from bot.services.ports import Unavailable
from tests.claims import PAID, SUBMITTED

OTHER = replace(PAID, reference="LEN-300300", email="Noise@Noise.example ")


def test_an_import_says_what_it_wrote(claims_engine: Engine) -> None:
    assert import_claims(claims_engine, "spring", [SUBMITTED, OTHER]) == ClaimsImport(claims=2, lines=4, replaced=0)
    assert import_claims(claims_engine, "spring", []) == ClaimsImport(claims=0, lines=0, replaced=0)


def test_importing_a_claim_again_replaces_it_and_leaves_the_others(claims_engine: Engine) -> None:
    import_claims(claims_engine, "spring", [SUBMITTED, OTHER])
    import_claims(claims_engine, "autumn", [SUBMITTED])
    later = replace(PAID, lines=(ClaimLine("Harbour Dock", 1),))
    assert import_claims(claims_engine, "spring", [later]) == ClaimsImport(claims=1, lines=1, replaced=1)
    assert SqlClaims(claims_engine, "spring").find(SUBMITTED.reference) == later
    assert SqlClaims(claims_engine, "spring").find("LEN-300300") == replace(OTHER, email="noise@noise.example")
    assert SqlClaims(claims_engine, "autumn").find(SUBMITTED.reference) == SUBMITTED
    with claims_engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(claim_lines)).scalar_one() == 5


def test_more_claims_than_fit_into_one_statement(claims_engine: Engine) -> None:
    many = [replace(SUBMITTED, reference=f"LEN-{number:06}") for number in range(1001)]
    import_claims(claims_engine, "spring", many)
    assert import_claims(claims_engine, "spring", many) == ClaimsImport(claims=1001, lines=2002, replaced=1001)


def test_nothing_is_imported_if_one_claim_cannot_be(claims_engine: Engine) -> None:
    impossible = replace(OTHER, lines=(ClaimLine("Harbour Dock", 0),))
    with pytest.raises(Unavailable):
        import_claims(claims_engine, "spring", [SUBMITTED, impossible])
    assert SqlClaims(claims_engine, "spring").find(SUBMITTED.reference) is None
