"""A claim is found by its reference, within its promotion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from bot.core.claims import Claim
from bot.services.ports import Claims, Unavailable
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeClaims

Store = Callable[[Claim], Claims]


@pytest.fixture(params=("fake", *BACKENDS))
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The port with one claim in it: the fake, and the real one on every database."""
    if request.param == "fake":
        yield lambda claim: FakeClaims([claim])
        return
    with migrated_database(request.param, tmp_path, "claims") as engine:

        def store(claim: Claim) -> Claims:
            import_claims(engine, "spring", [claim])
            return SqlClaims(engine, "spring")

        yield store


@pytest.mark.parametrize(
    "claim", [SUBMITTED, MISSING_INFO, VALIDATED, PAID, REJECTED], ids=lambda claim: claim.state.value
)
def test_a_claim_is_found_as_it_was_recorded(stored: Store, claim: Claim) -> None:
    assert stored(claim).find("LEN-615204") == claim


@pytest.mark.parametrize("reference", ["LEN-615205", "len-615204", "LEN-61520", "", "%"])
def test_any_other_reference_finds_nothing(stored: Store, reference: str) -> None:
    assert stored(SUBMITTED).find(reference) is None


def test_a_claim_of_another_promotion_is_not_found(claims_engine: Engine) -> None:
    import_claims(claims_engine, "spring", [SUBMITTED])
    assert SqlClaims(claims_engine, "autumn").find("LEN-615204") is None


def test_a_database_without_tables_is_unavailable(empty_url: str) -> None:
    engine = make_engine(empty_url, read_only=True)
    with pytest.raises(Unavailable, match="claims database") as outage:
        SqlClaims(engine, "spring").find("LEN-615204")
    assert outage.value.__cause__ is not None
    assert "LEN-615204" not in f"{outage.value}{outage.value.__cause__}"
    engine.dispose()


def test_an_unreachable_database_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        SqlClaims(make_engine("postgresql://nobody@127.0.0.1:1/nothing"), "spring").find("LEN-615204")
    with pytest.raises(Unavailable):
        FakeClaims(is_down=True).find("LEN-615204")
