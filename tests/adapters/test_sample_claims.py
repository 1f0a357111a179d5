"""The claims of a demonstration: the same every time, and one of every kind."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.adapters.claims_csv import format_claims, parse_claims
from bot.adapters.products_csv import read_products
from bot.adapters.sample_claims import sample_claims
from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.import_sample import import_sample
from bot.adapters.sql.products import SqlProducts
from bot.core.claims import Claim, ClaimState
from bot.core.payment_timing import PaymentKind, payment_outlook
from bot.core.promotion import Promotion
from bot.services.ports import Product
from tests.databases import migrated_database
from tests.promotions import lenovo_like, undisputed

LISTED = Path("faq/products.csv")


def test_the_same_day_gives_the_same_claims() -> None:
    promotion, products = lenovo_like(), read_products(LISTED)
    first = sample_claims(promotion, products, date(2023, 12, 15))
    assert first == sample_claims(promotion, products, date(2023, 12, 15))
    assert first != sample_claims(promotion, products, date(2023, 12, 16))


def test_every_state_and_every_payment_outlook_is_there() -> None:
    for promotion, today in ((lenovo_like(), date(2023, 12, 15)), (undisputed(), date(2025, 6, 10))):
        claims = sample_claims(promotion, read_products(LISTED), today)
        assert 150 <= len(claims) <= 250
        assert {claim.state for claim in claims} == set(ClaimState)
        kinds = Counter(_kind(promotion, claim, today) for claim in claims)
        assert set(kinds) == set(PaymentKind)
        assert min(kinds.values()) >= 5


def test_samples_pass_the_checks_of_an_import() -> None:
    promotion = undisputed()
    claims = sample_claims(promotion, [Product("L1", "Dusk lamp")], date(2025, 6, 10))
    assert parse_claims(format_claims(claims), promotion.claim_reference) == claims


def test_samples_are_believable() -> None:
    promotion, today = lenovo_like(), date(2023, 12, 15)
    claims = sample_claims(promotion, read_products(LISTED), today)
    names = {product.name for product in read_products(LISTED)}
    assert len({claim.reference for claim in claims}) == len(claims)
    assert all(claim.email.endswith(".example") and claim.email.isascii() for claim in claims)
    assert all(sum(line.quantity for line in claim.lines) <= promotion.products_per_claim.value for claim in claims)
    assert {line.product for claim in claims for line in claim.lines} <= names
    assert any(len(claim.lines) > 1 for claim in claims)
    assert all(
        bool(claim.reason) == (claim.state in (ClaimState.MISSING_INFO, ClaimState.REJECTED)) for claim in claims
    )
    assert all(promotion.purchases_from.earliest <= claim.submitted_on <= today for claim in claims)


def test_some_have_an_invoice_number_but_none_whose_cannot_be_read() -> None:
    claims = sample_claims(lenovo_like(), read_products(LISTED), date(2023, 12, 15))
    numbered = [claim for claim in claims if claim.invoice_number]
    assert 100 < len(numbered) < len(claims)
    assert len({claim.invoice_number for claim in numbered}) == len(numbered)
    assert not any("invoice number cannot be read" in claim.reason for claim in numbered)


def test_the_sample_is_imported_with_its_products(tmp_path: Path) -> None:
    with migrated_database("sqlite", tmp_path, "claims") as engine:
        promotion = lenovo_like()
        products, claims = import_sample(engine, promotion, LISTED, date(2023, 12, 15))
        assert (claims.claims, claims.replaced) == (200, 0)
        assert len(SqlProducts(engine, promotion.key).all()) == products.products
        _every_claim_is_found(engine, promotion)


def _every_claim_is_found(engine: Engine, promotion: Promotion) -> None:
    stored = SqlClaims(engine, promotion.key)
    for claim in sample_claims(promotion, read_products(LISTED), date(2023, 12, 15)):
        assert stored.find(claim.reference) == claim


def _kind(promotion: Promotion, claim: Claim, today: date) -> PaymentKind:
    days = promotion.payment_days.value, promotion.bank_days.value, promotion.contact_after_days.value
    return payment_outlook(claim, today, *days).kind
