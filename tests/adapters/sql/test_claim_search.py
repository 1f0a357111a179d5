"""Claims are found by every key and by their company, on both databases, by an index where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from bot.adapters.sql.claim_search import SqlClaimSearch
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from bot.core.claims import ClaimLine
from bot.core.email_addresses import comparable_email
from bot.core.names import comparable_name
from bot.services.claim_ports import FoundClaims, ListedClaim
from bot.services.ports import Unavailable
from tests.claims import PAID, SUBMITTED
from tests.databases import BACKENDS, migrated_database

FULL = replace(SUBMITTED, invoice_number="INV-2023/0042", email="Straße@Birkvik.example")
NOISE = [
    replace(PAID, reference="LEN-300300", email="noise@noise.example", company="Noise 100%_sure A/S", invoice_number="9"),
    replace(PAID, reference="LEN-300301", email="kontor@birkvik.example.evil.example", company="", invoice_number=""),
    replace(PAID, reference="LEN-300302", email="strasse@birkvik.exampl", company="Örebro Kafé", invoice_number="INV-2023/00421"),
]  # fmt: skip
MANY = 20_000


@pytest.fixture
def search(claims_engine: Engine) -> SqlClaimSearch:
    import_claims(claims_engine, "spring", [FULL, *NOISE])
    import_claims(claims_engine, "autumn", [replace(FULL, company="Elsewhere")])
    return SqlClaimSearch(claims_engine, "spring")


def references(found: FoundClaims) -> list[str]:
    assert found.count == len(found.claims)
    return [claim.reference for claim in found.claims]


def test_a_claim_is_found_by_each_of_its_keys(search: SqlClaimSearch) -> None:
    by_reference = search.by_keys(["LEN-615204"], [], "", 50)
    assert by_reference.claims == (
        ListedClaim(
            "LEN-615204", "straße@birkvik.example", "Birkvik Optik", FULL.state, FULL.submitted_on, Decimal("250.00")
        ),
    )
    assert search.by_keys([], [comparable_email("STRASSE@birkvik.example")], "", 50) == by_reference
    assert search.by_keys([], [], "inv20230042", 50) == by_reference


def test_several_keys_find_each_claim_once(search: SqlClaimSearch) -> None:
    found = search.by_keys(["LEN-615204", "LEN-300300"], ["strasse@birkvik.example"], "9", 50)
    assert sorted(references(found)) == ["LEN-300300", "LEN-615204"]


def test_a_company_is_found_by_part_of_its_name(search: SqlClaimSearch) -> None:
    for part in ("birkvik", "VIK OP", " optik"):
        assert references(search.by_company(comparable_name(part), 50)) == ["LEN-615204"]
    assert references(search.by_company("rebro kafe", 50)) == ["LEN-300302"]


@pytest.mark.parametrize(
    ("part", "found"),
    [("100%", ["LEN-300300"]), ("%_s", ["LEN-300300"]), ("%%%", []), ("___", []), ("b_r", []), ("a/s", ["LEN-300300"]), ("\\%", []), ("'; --", [])],
)  # fmt: skip
def test_signs_that_mean_something_to_a_database_mean_themselves(
    search: SqlClaimSearch, part: str, found: list[str]
) -> None:
    assert references(search.by_company(part, 50)) == found


def test_nothing_is_found_without_anything_to_look_for(search: SqlClaimSearch) -> None:
    assert search.by_keys([], [], "", 50) == search.by_company("", 50) == FoundClaims()


def test_claims_without_an_invoice_number_or_company_are_not_found_by_none(search: SqlClaimSearch) -> None:
    assert search.by_keys(["LEN-999999"], [""], "", 50).count == 0


def test_the_newest_come_first_and_all_are_counted(claims_engine: Engine) -> None:
    day = date(2023, 6, 1)
    claims = [
        replace(SUBMITTED, reference=f"LEN-{number:06}", submitted_on=day + timedelta(days=number % 60))
        for number in range(120)
    ]
    import_claims(claims_engine, "spring", claims)
    found = SqlClaimSearch(claims_engine, "spring").by_company("optik", 50)
    assert (found.count, len(found.claims)) == (120, 50)
    assert [claim.reference for claim in found.claims[:3]] == ["LEN-000059", "LEN-000119", "LEN-000058"]


def test_without_any_amount_there_is_none(claims_engine: Engine) -> None:
    import_claims(claims_engine, "spring", [replace(SUBMITTED, lines=(ClaimLine("Dock", 1),))])
    (claim,) = SqlClaimSearch(claims_engine, "spring").by_keys(["LEN-615204"], [], "", 50).claims
    assert claim.amount is None


def test_addresses_longer_than_a_key_are_found(claims_engine: Engine) -> None:
    swelling = "\ufdfa" * 100 + "@birkvik.example"  # one sign, eighteen letters where it is compared
    import_claims(claims_engine, "spring", [replace(SUBMITTED, email=swelling)])
    found = SqlClaimSearch(claims_engine, "spring").by_keys([], [comparable_email(swelling)], "", 50)
    assert references(found) == ["LEN-615204"]


def test_a_database_without_tables_is_unavailable(empty_url: str) -> None:
    engine = make_engine(empty_url, read_only=True)
    with pytest.raises(Unavailable, match="claims database"):
        SqlClaimSearch(engine, "spring").by_keys(["LEN-615204"], [], "", 50)
    engine.dispose()


@pytest.fixture(scope="module", params=BACKENDS)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with 20,000 claims."""
    folder: Path = tmp_path_factory.mktemp("many")
    with migrated_database(request.param, folder, "claims", statement_seconds=60) as engine:
        made = [
            replace(SUBMITTED, reference=f"LEN-{number:06}", email=f"m{number}@firm{number % 7}.example", company=f"Firm {number} ApS", invoice_number=f"F-{number}")
            for number in range(MANY)
        ]  # fmt: skip
        import_claims(engine, "spring", made)
        if request.param == "postgresql":
            with engine.begin() as connection:
                connection.execute(text("ANALYZE claims, claim_lines"))  # what it does by itself after a while
        yield engine


@pytest.mark.parametrize(
    ("keys", "index"),
    [
        ((["LEN-012345"], [], ""), ("sqlite_autoindex_claims_1", "ix_claims_reference", "pk_claims")),
        (([], ["m12345@firm4.example"], ""), ("ix_claims_email_key",)),
        (([], [], "f12345"), ("ix_claims_invoice_key",)),
        ((["LEN-012345"], ["m12345@firm4.example"], "f12345"), ("ix_claims_email_key", "ix_claims_invoice_key")),
    ],
    ids=["reference", "e-mail address", "invoice number", "all of them"],
)
def test_a_key_is_found_among_twenty_thousand_by_its_index(
    many: Engine, keys: tuple[list[str], list[str], str], index: tuple[str, ...]
) -> None:
    search = SqlClaimSearch(many, "spring")
    with _statements(many) as sent:
        assert references(search.by_keys(*keys, 50)) == ["LEN-012345"]
    plans = [_plan(many, *statement) for statement in sent]
    assert len(plans) == 2
    for plan in plans:
        assert any(name in plan for name in index), plan
        assert "SCAN claims" not in plan and "Seq Scan on claims" not in plan, plan
        assert "SCAN claim_lines" not in plan and "Seq Scan on claim_lines" not in plan, plan


def test_a_company_is_found_among_twenty_thousand(many: Engine) -> None:
    found = SqlClaimSearch(many, "spring").by_company("firm 1234", 50)
    assert (found.count, len(found.claims)) == (11, 11)


@contextmanager
def _statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database meanwhile."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def _plan(engine: Engine, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {statement}", parameters).all()
    return "\n".join(str(row[-1]) for row in rows)
