"""What is known of the published page, and how long an acknowledgement holds."""

from __future__ import annotations

from pathlib import Path

from bot.core.findings import Severity
from tests.contents import (
    copy_of_the_repository,
    other_promotion,
    replace_in,
)
from tests.services.content_check.checking import check, new_findings


def test_on_the_published_page_exactly_the_known_findings_are_found(tmp_path: Path) -> None:
    result = check(copy_of_the_repository(tmp_path))
    assert {(found.id, found.severity.value) for found in result.findings} == {
        ("contradiction:purchases_until", "error"),
        ("contradiction:claims_until", "error"),
        ("leftover:product_not_listed", "error"),
        ("wording:more_than_one_claim:wasn_t_been", "note"),
        ("wording:what_is_reseller:don_t_except", "note"),
    }
    assert result.unacknowledged_errors == ()
    assert len(result.acknowledged) == 3


def test_a_page_without_contradictions_gives_no_finding(tmp_path: Path) -> None:
    assert check(other_promotion(tmp_path)).findings == ()


def test_an_acknowledgement_holds_for_its_readings_only(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, "your claim after December 31st 2023", "your claim after January 8th 2024")
    found = {one.id: one.severity for one in check(folder).unacknowledged_errors}
    assert "contradiction:claims_until" in found
    assert "settled:contradiction:claims_until" in new_findings(folder)


def test_an_acknowledgement_of_what_is_mended_is_to_be_removed(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, "an accessory for free", "cashback")
    (warning,) = [found for found in check(folder).findings if found.severity is Severity.WARNING]
    assert (warning.id, warning.place.file) == ("settled:leftover:product_not_listed", "faq/promotion.yml")
    assert "remove it" in warning.mend
