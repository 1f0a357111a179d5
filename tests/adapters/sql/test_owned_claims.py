"""Whose claims are whose, across promotions and spellings."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.engine import Engine

from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.owned_claims import SqlOwnedClaims
from tests.claims import SUBMITTED

OWN = replace(SUBMITTED, reference="LEN-100001", email="Åse@Birkvik.example")
OTHERS = replace(SUBMITTED, reference="LEN-100002", email="bo@nordmo.example")


def test_claims_are_found_by_address_in_whatever_promotion_and_spelling(claims_engine: Engine) -> None:
    import_claims(claims_engine, "lamps", [OWN, OTHERS])
    import_claims(claims_engine, "chairs", [replace(OWN, reference="CHA-200001", email="ÅSE@birkvik.example")])
    owned = SqlOwnedClaims(claims_engine)

    assert owned.of("åse@BIRKVIK.example") == ["CHA-200001", "LEN-100001"]
    assert owned.of("birkvik.example") == []


def test_a_reference_that_somebody_else_owns_is_told_apart(claims_engine: Engine) -> None:
    import_claims(claims_engine, "lamps", [OWN, OTHERS])

    asked = {"LEN-100001", "LEN-100002", "LEN-999999"}
    assert SqlOwnedClaims(claims_engine).of_others("åse@birkvik.example", asked) == {"LEN-100002"}
