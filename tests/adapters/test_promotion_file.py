"""The promotion's facts are read with their types, or refused by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.adapters.promotion_file import read_promotion, read_promotion_file
from bot.services.content_errors import ContentError
from tests.contents import OTHER, ROOT


def test_the_repository_s_promotion_keeps_both_readings() -> None:
    file = read_promotion_file(ROOT / "faq" / "promotion.yml")
    promotion = file.promotion
    assert promotion.key == "lenovo-accessories-2023"
    assert str(promotion.claim_reference) == "LEN-000000"
    assert (promotion.purchases_until.earliest, promotion.claims_until.earliest) == (
        date(2023, 11, 30),
        date(2023, 12, 31),
    )
    assert promotion.purchases_until.is_disputed and promotion.claims_until.is_disputed
    assert not promotion.purchases_from.is_disputed
    assert (promotion.payment_days.value, promotion.bank_days.value, promotion.contact_after_days.value) == (
        45,
        5,
        50,
    )
    assert len(file.acknowledged) == 3
    assert all(known.because for known in file.acknowledged)


def test_another_promotion_needs_no_other_code() -> None:
    promotion = read_promotion(OTHER / "promotion.yml")
    assert not promotion.purchases_until.is_disputed and not promotion.claims_until.is_disputed
    assert promotion.time_zone.key == "Europe/Dublin"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "value: 2024-09-01",
            "value: 2024-09-31",
            "promotion.yml:7: purchases_from: value is 2024-09-31, which is not a date",
        ),
        ("value: 4,", "value: four,", "promotion.yml:12: products_per_claim: value is not a whole number"),
        ("value: 4,", "", "promotion.yml:12: products_per_claim: value is missing"),
        ("Europe/Dublin", "Europe/Atlantis", "promotion.yml:3: -: there is no time zone 'Europe/Atlantis'"),
        ("prefix: BRW", "prefix: brw", "promotion.yml:4: claim_reference: the prefix is 'brw'"),
        ("digits: 5", "digits: 50", "promotion.yml:4: claim_reference: a reference with 50 digits"),
        ("digits: 5", "digit: 5", "promotion.yml:4: claim_reference: the key 'digit' is unknown"),
        ("key: brewline", "key: Brew Line", "promotion.yml:1: -: the key 'Brew Line-autumn-2024' is not allowed"),
        ("demonstration_date: 2024-10-10\n", "", "promotion.yml:1: -: demonstration_date is missing"),
        (
            "facts:",
            "facts:\n  colour: {value: red, entries: [a]}",
            "promotion.yml:7: facts: the key 'colour' is unknown",
        ),
        (
            "entries: [which_machines_count]",
            "entries: []",
            "promotion.yml:22: product_list: entries is not a list of words",
        ),
        (
            "{value: 2024-11-30,",
            "{readings: [{value: 2024-11-30, entries: [a]}, {value: 2024-11-30, entries: [b]}],",
            "promotion.yml:8: purchases_until: two readings with the same date",
        ),
        ("facts:", "acknowledged: [{finding: x, readings: [a]}]\nfacts:", "promotion.yml:6: x: because is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_line_and_fact(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (OTHER / "promotion.yml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "promotion.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_promotion_file(path)
    assert any(said in line for line in str(caught.value).splitlines()), str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_promotion(tmp_path / "promotion.yml")
