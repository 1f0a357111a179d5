"""The check finds what is wrong with the content, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.commands.content import read_content
from bot.core.findings import Severity
from bot.services.check_content import CheckResult, check_content
from tests.contents import (
    copy_of_the_repository,
    other_promotion,
    replace_in,
    replace_in_promotion,
    write_examples,
    write_nlu,
)

TODAY = date(2023, 12, 15)


def check(folder: Path) -> CheckResult:
    return check_content(read_content(folder), TODAY)


def write_replies(folder: Path, name: str, text: str) -> None:
    replies = folder / "faq" / "replies"
    replies.mkdir(exist_ok=True)
    (replies / f"{name}.yml").write_text(text, encoding="utf-8")


def new_findings(folder: Path) -> set[str]:
    """The findings of a changed content beyond those of the seed page that are known."""
    result = check(folder)
    return {
        found.id
        for found in result.findings
        if found.id not in result.acknowledged and found.severity is not Severity.NOTE
    }


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


SEEDS = [
    (
        "but not later than December 31st 2023 at midnight (CET).\n\n  - id: forgot",
        "but no later than January 15th 2024.\n\n  - id: forgot",
        "contradiction:claims_until",
    ),
    (
        "we cannot accept your claim after December 31st 2023",
        "claims that reach us after the 7th of January 2024 are too late",
        "contradiction:claims_until",
    ),
    ("(May 22nd 2023 to December 31st 2023)", "(June 1st 2023 to December 31st 2023)", "contradiction:purchases_from"),
    ("(May 22nd 2023 to December 31st 2023)", "(from 22/05/2023 until 31/10/2023)", "contradiction:purchases_until"),
    (
        "(May 22nd 2023 to December 31st 2023)",
        "(May 22nd 3019 to December 31st 2023)",
        "implausible:purchases_from:how_to_qualify",
    ),
    (
        "(May 22nd 2023 to December 31st 2023)",
        "(December 31st 2023 to May 22nd 2023)",
        "order:purchases_until:how_to_qualify",
    ),
    ("midnight CET, January 31st 2024", "midnight CET, June 31st 2023", "implausible:claims_until:how_to_qualify"),
    ("midnight CET, January 31st 2024", "midnight CET, October 31st 2023", "order:claims_until:how_to_qualify"),
    (
        "midnight CET, January 31st 2024",
        "midnight CET, Friday January 31st 2024",
        "implausible:claims_until:how_to_qualify",
    ),
    ("within 45 calendar days", "within 60 calendar days", "disagreement:payment_days:how_long_for_discount"),
    ("within 45 calendar days", "within forty-five working days", "disagreement:payment_days:how_long_for_discount"),
    ("within 45 calendar days", "within 450 calendar days", "implausible:payment_days:how_long_for_discount"),
    ("within 45 calendar days", "in four to six weeks", "contradiction:payment_days"),
    ("up to 5 extra days", "up to seven extra days", "disagreement:bank_days:how_long_for_discount"),
    ("your payment within 50 days", "your payment within 55 days", "contradiction:contact_after_days"),
    ("after 50 days of my claim", "after eight weeks of my claim", "contradiction:contact_after_days"),
    ("until fifteen eligible", "up to 20 eligible", "disagreement:products_per_claim:max_products_per_claim"),
    ("until fifteen eligible", "up to fifteen (50) eligible", "contradiction:products_per_claim"),
    (
        "back of your device.",
        "back of your device. Register it, and you get a mouse free of charge.",
        "leftover:serial_number_location",
    ),
    (
        "back of your device.",
        "back of your device. Only ten items fit on one claim form.",
        "contradiction:products_per_claim",
    ),
    ("amount of kr 3.150 ", "amount of kr 3.510 ", "disagreement:cashback_in_total:more_than_one_claim"),
    ("as bank transfer.", "as bank transfer, up to a total of 5 000 kroner.", "contradiction:cashback_in_total"),
    ("as bank transfer.", "as bank transfer. You will also receive a free headset.", "leftover:cash_or_cheque"),
    ("throughout every step of the process", "and a voucher", "leftover:claim_notification"),
    (
        "back of your device.",
        "back of your device. The promotion ends on 15 December 2023.",
        "contradiction:purchases_until",
    ),
    ("back of your device.", "back of your device. Payment takes 30 days.", "contradiction:payment_days"),
    (
        "delivery notes and order confirmations",
        "delivery notes",
        "unfounded:refused_documents:invoice_vs_order_confirmation",
    ),
    ("of kr 3.150 ", "", "unfounded:cashback_in_total:more_than_one_claim"),
    ("back of your device.", "back of your {device}.", "signs:serial_number_location"),
    ("back of your device.", "back of your ${DEVICE}.", "signs:serial_number_location"),
    ("back of your device.", "back of your [device](link).", "signs:serial_number_location"),
    ("back of your device.", "back of your [insert device].", "signs:serial_number_location"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "finding"), SEEDS)
def test_a_mistake_put_into_the_page_is_found(tmp_path: Path, old: str, new: str, finding: str) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, old, new)
    result = check(folder)
    assert finding in {found.id for found in result.unacknowledged_errors}


ADDED = [
    ("You may hand in your documents up to and including 15 February 2024.", "contradiction:claims_until"),
    ("The closing date for applications is February 29th 2024.", "contradiction:claims_until"),
    ("Applications close at midnight on 15 January.", "contradiction:claims_until"),
    ("The deadline of the promotion is 31 November 2023.", "implausible:claims_until:serial_number_location"),
    ("Only purchases made on or before 15 October 2023 are eligible.", "contradiction:purchases_until"),
    ("Purchases before 1 June 2023 are not eligible.", "contradiction:purchases_from"),
    ("The offer is valid from 1 July 2023.", "contradiction:purchases_from"),
    ("We transfer the money no later than 90 days after your claim is validated.", "contradiction:payment_days"),
    ("The reimbursement takes about two months.", "contradiction:payment_days"),
    ("Wait for 3 weeks before you contact us about a missing payment.", "contradiction:contact_after_days"),
    ("A maximum of a dozen devices can be registered with one application.", "contradiction:products_per_claim"),
    ("You cannot register more than twelve products in a single claim.", "contradiction:products_per_claim"),
    ("The cashback is capped at 2.500 kr for all your claims together.", "contradiction:cashback_in_total"),
    ("Buy two and get one for free.", "leftover:serial_number_location"),
]


@pytest.mark.parametrize(("sentence", "finding"), ADDED)
def test_a_sentence_that_contradicts_another_entry_is_found(tmp_path: Path, sentence: str, finding: str) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, "back of your device.", f"back of your device. {sentence}")
    assert finding in {found.id for found in check(folder).unacknowledged_errors}


HARMLESS = """\
Payment is made by bank transfer; it takes up to 45 calendar days. In total, payment may take 50 days.
If 50 days have passed and no money has arrived, contact us. Claims handed in by 31 December 2023 are always in time.
The 15 products of one claim may come from several invoices. You can claim for one product only, too.
Your warranty runs for 3 years from the purchase. For a claim of 10 products, upload 10 serial numbers.
Keep your invoice for 90 days. We closed on 24 December 2023 for Christmas. A monitor costs about kr 2.000.
If you bought 20 products, make two claims. Your claim has to be in by 12/31/2023. Use our free Wi-Fi."""


@pytest.mark.parametrize("sentence", HARMLESS.replace("\n", " ").split(". "))
def test_a_sentence_that_contradicts_nothing_is_left_alone(tmp_path: Path, sentence: str) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, "back of your device.", f"back of your device. {sentence}.")
    assert new_findings(folder) == set()


OTHER_SEEDS = [
    (
        "between 1 September 2024 and 30 November 2024",
        "between 1 September 2024 and 31 November 2024",
        "implausible:purchases_until:until_when_can_i_buy_a_machine",
    ),
    ("by 14 December 2024 at the latest", "by the end of the year 2024 at the latest", "contradiction:claims_until"),
    ("sent after 14 December 2024", "sent after 1 December 2024", "contradiction:claims_until"),
    ("sent after 14 December 2024", "sent after 24 December", "contradiction:claims_until"),
    ("within six weeks", "within six months", "disagreement:payment_days:when_is_the_money_on_my_account"),
    ("another three days", "another 13 days", "disagreement:bank_days:when_is_the_money_on_my_account"),
    ("missing after 45 days", "missing after 40 days", "disagreement:contact_after_days:what_if_nothing_has_arrived"),
    ("At most 4 items", "Half a dozen items", "disagreement:products_per_claim:how_many_machines_fit_into_one"),
    ("€ 250", "£250", "disagreement:cashback_in_total:what_is_the_most_i_can_get"),
    ("€ 250", "250,50 euro", "disagreement:cashback_in_total:what_is_the_most_i_can_get"),
    ("Private households only.", "Private households only, who win a prize.", "leftover:who_may_take_part"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "finding"), OTHER_SEEDS)
def test_a_mistake_in_another_promotion_is_found(tmp_path: Path, old: str, new: str, finding: str) -> None:
    folder = other_promotion(tmp_path)
    assert new_findings(folder) == set()
    replace_in(folder, old, new)
    assert finding in {found.id for found in check(folder).unacknowledged_errors}


CLEAN = [
    ("(May 22nd 2023 to December 31st 2023)", "(22 May 2023 – 31 December 2023)"),
    ("(May 22nd 2023 to December 31st 2023)", "(from 22.05.2023 until Sunday, 31.12.2023)"),
    ("midnight CET, January 31st 2024", "midnight CET on 2024-01-31"),
    (
        "we cannot accept your claim after December 31st 2023",
        "claims sent after the 31st of December are not accepted",
    ),
    ("within 45 calendar days", "within forty-five (45) days"),
    ("up to 5 extra days", "another five days"),
    ("until fifteen eligible", "a maximum of 15 eligible"),
    ("amount of kr 3.150 ", "amount of 3 150,00 NOK "),
    ("back of your device.", "back of your device. Call us on 0800 123 456 free of charge."),
    (
        "back of your device.",
        "back of your device. We answer within 2 working days, on 14 February 2024 at the latest.",
    ),
    ("back of your device.", "back of your device. We were founded on 3 March 2023 and sell 200 products."),
    ("back of your device.", "back of your device. You can register several products in one claim."),
    ("as bank transfer.", "as bank transfer, not as a voucher or a free product."),
    ("as bank transfer.", "as bank transfer (see section [4] below)."),
    ("Normally it can be found", "Normally, in 9 of 10 cases, it can be found"),
]


@pytest.mark.parametrize(("old", "new"), CLEAN)
def test_the_same_facts_in_other_words_give_no_finding(tmp_path: Path, old: str, new: str) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, old, new)
    if "kr 3.150" in old:
        replace_in_promotion(folder, "value: kr 3.150", "value: 3 150,00 NOK")
    assert new_findings(folder) == set()


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
