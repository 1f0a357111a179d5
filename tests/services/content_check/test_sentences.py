"""A sentence is found if it contradicts another entry, and left alone if it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contents import (
    copy_of_the_repository,
    replace_in,
    replace_in_promotion,
)
from tests.services.content_check.checking import check, new_findings

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
