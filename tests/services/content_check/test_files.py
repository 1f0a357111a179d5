"""What is wrong with facts, examples, dates of review and replies is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contents import (
    copy_of_the_repository,
    replace_in,
    replace_in_promotion,
    write_examples,
    write_nlu,
)
from tests.services.content_check.checking import check, new_findings


def write_replies(folder: Path, name: str, text: str) -> None:
    replies = folder / "faq" / "replies"
    replies.mkdir(exist_ok=True)
    (replies / f"{name}.yml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("pattern", "new", "finding"),
    [
        (r"value: 15\b", "value: 16", "disagreement:products_per_claim:max_products_per_claim"),
        (r"value: 50\b", "value: 40", "implausible:contact_after_days"),
        (r"value: 45\b", "value: 4500", "implausible:payment_days"),
        (r"value: 2023-05-22", "value: 2025-05-22", "order:purchases_until:facts"),
        (r"value: kr 3.150", "value: kr 4.000", "disagreement:cashback_in_total:more_than_one_claim"),
        (r"\[lost_invoice\]", "[lost_receipt]", "missing_entry:accepted_documents:lost_receipt"),
        (
            r"\[max_products_per_claim\]",
            "[serial_number_location]",
            "unfounded:products_per_claim:serial_number_location",
        ),
        (
            r"value: third party claims are",
            "value: claims by others are",
            "unfounded:third_party_claims:pay_to_someone_else",
        ),
    ],
)  # fmt: skip
def test_a_wrong_fact_is_found(tmp_path: Path, pattern: str, new: str, finding: str) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in_promotion(folder, pattern, new)
    assert finding in {found.id for found in check(folder).unacknowledged_errors}


def test_an_entry_needs_25_examples_in_the_file_of_its_name(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    write_examples(folder, count=24)
    assert len(new_findings(folder)) == 23
    write_examples(folder)
    assert new_findings(folder) == set()


def test_examples_and_entries_mirror_each_other(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    nlu = folder / "data" / "nlu" / "faq"
    write_nlu(nlu / "purchase.yml", ["faq/bought_online_documents", "faq/serial_number_location", "faq/unheard_of"])
    result = check(folder)
    found = {one.id: one for one in result.unacknowledged_errors}
    assert set(found) == {
        "examples:what_is_reseller",
        "mirror:faq/serial_number_location",
        "mirror:faq/unheard_of",
    }
    assert "data/nlu/faq/claiming.yml" in found["mirror:faq/serial_number_location"].mend
    assert found["mirror:faq/unheard_of"].place.file == "data/nlu/faq/purchase.yml"


def test_a_review_date_that_has_passed_is_a_warning(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, "back of your device.\n", "back of your device.\n    review_by: 2023-12-14\n")
    assert new_findings(folder) == {"review:serial_number_location"}
    replace_in(folder, "review_by: 2023-12-14", "review_by: 2023-12-15")
    assert new_findings(folder) == set()


def test_the_wording_for_a_phase_is_checked_like_the_answer(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    variant = "    variants:\n      closed: |-\n        Claims were possible until 29 February 2024.\n"
    replace_in(folder, "back of your device.\n", f"back of your device.\n{variant}")
    assert "contradiction:claims_until" in new_findings(folder)


def test_unreadable_files_are_findings_and_hide_nothing_of_the_others(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    (folder / "faq" / "dates.yml").write_text("section: Dates\n", encoding="utf-8")
    write_replies(folder, "broken", "greeting: Hello {0}\n")
    files = {found.place.file for found in check(folder).unacknowledged_errors}
    assert files == {"faq/dates.yml", "faq/replies/broken.yml"}


def test_a_placeholder_nobody_fills_is_found(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    write_replies(folder, "claims", "ask_claim_details: Its reference looks like {reference_format}.\n")
    assert new_findings(folder) == set()
    write_replies(folder, "claims", "ask_claim_details: Its reference looks like {moonphase}.\n")
    assert new_findings(folder) == {"placeholder:ask_claim_details"}
