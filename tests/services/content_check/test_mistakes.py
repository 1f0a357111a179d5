"""Mistakes put into content are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contents import (
    copy_of_the_repository,
    other_promotion,
    replace_in,
)
from tests.services.content_check.checking import check, new_findings

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
