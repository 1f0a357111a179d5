"""Every state of a claim is one plain paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.core.claims import Claim, ClaimLine
from bot.core.payment_timing import payment_outlook
from bot.core.promotion import ReferenceFormat
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.wording import Wording
from bot.services.find_claim import LookupOutcome, LookupResult
from bot.services.tell_claim import (
    ask_for_details,
    tell_payment,
    tell_status,
    tell_unavailable,
    tell_without_claim,
)
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED

SENTENCES = YAML(typ="safe").load(Path("faq/replies/claims.yml").read_text(encoding="utf-8"))
WORDING = Wording({"contact_form": "Contact form", **SENTENCES})
FORM = Link("Contact form", "/contact")
LEN = ReferenceFormat("LEN", 6)

IN_TIME, AT_THE_BANK, LATE = date(2024, 2, 24), date(2024, 2, 27), date(2024, 3, 1)


def status(claim: Claim, today: date = IN_TIME) -> Reply:
    return tell_status(claim, payment_outlook(claim, today, 45, 5, 50), WORDING)


def payment(claim: Claim, today: date = IN_TIME) -> Reply:
    return tell_payment(claim, payment_outlook(claim, today, 45, 5, 50), WORDING)


Teller = Callable[..., Reply]

EVERY_CASE = [
    (SUBMITTED, IN_TIME),
    (MISSING_INFO, IN_TIME),
    (replace(MISSING_INFO, reason=""), IN_TIME),
    (VALIDATED, IN_TIME),
    (VALIDATED, AT_THE_BANK),
    (VALIDATED, LATE),
    (PAID, IN_TIME),
    (REJECTED, IN_TIME),
    (replace(REJECTED, reason=" "), IN_TIME),
]


@pytest.mark.parametrize("tell", [status, payment])
@pytest.mark.parametrize(("claim", "today"), EVERY_CASE)
def test_every_case_is_one_plain_paragraph_about_the_claim(tell: Teller, claim: Claim, today: date) -> None:
    told = tell(claim, today)
    assert told.kind is ReplyKind.LOOKUP
    assert claim.reference in told.text
    assert "\n" not in told.text
    assert not re.search(r"[{}]|None|\.\.|250|kontor@|\s\s", told.text)


@pytest.mark.parametrize("tell", [status, payment])
@pytest.mark.parametrize(("claim", "today"), EVERY_CASE)
def test_the_contact_form_is_there_whenever_it_is_spoken_of(tell: Teller, claim: Claim, today: date) -> None:
    told = tell(claim, today)
    assert (FORM in told.links) == ("contact form" in told.text)


@pytest.mark.parametrize("tell", [status, payment])
def test_a_submitted_claim_has_no_payment_date(tell: Teller) -> None:
    told = tell(SUBMITTED).text
    assert "2 October 2023" in told
    assert "not been validated yet" in told
    assert "count from the validation" in told
    assert re.findall(r"\d+ \w+ 20\d\d", told) == ["2 October 2023"]


@pytest.mark.parametrize("tell", [status, payment])
def test_missing_information_is_named_with_the_two_ways_to_hand_it_in(tell: Teller) -> None:
    told = tell(MISSING_INFO)
    assert "The bank details are incomplete. Please" in told.text
    assert "upload in the online claim process" in told.text
    assert FORM in told.links


@pytest.mark.parametrize("tell", [status, payment])
def test_a_rejection_gives_its_date_and_reason(tell: Teller) -> None:
    told = tell(REJECTED).text
    assert "rejected on 20 October 2023" in told
    assert "The invoice is made out to another company. If" in told


@pytest.mark.parametrize("tell", [status, payment])
def test_a_validated_claim_is_due_by_day_45_and_the_bank_has_until_day_50(tell: Teller) -> None:
    told = tell(VALIDATED, IN_TIME).text
    assert "validated on 10 January 2024" in told
    assert "due by 24 February 2024 at the latest" in told
    assert "45 calendar days" in told
    assert "up to 5 more days, until 29 February 2024" in told


@pytest.mark.parametrize("tell", [status, payment])
def test_between_day_45_and_day_50_the_money_can_still_come_in_time(tell: Teller) -> None:
    told = tell(VALIDATED, AT_THE_BANK)
    assert "ended on 24 February 2024" in told.text
    assert "until 29 February 2024, so the money can still come in time" in told.text
    assert "not there after 29 February 2024" in told.text
    assert FORM in told.links


@pytest.mark.parametrize("tell", [status, payment])
def test_an_overdue_payment_leads_to_customer_service(tell: Teller) -> None:
    told = tell(VALIDATED, LATE)
    assert "validated on 10 January 2024" in told.text
    assert "they ended on 29 February 2024" in told.text
    assert "contact customer service" in told.text
    assert FORM in told.links


def test_a_paid_claim_gives_the_day() -> None:
    assert "paid on 15 February 2024" in status(PAID).text
    assert "paid on 15 February 2024" in payment(PAID).text


def test_several_lines_are_told_as_one_claim() -> None:
    assert "(3 products: 2 × Harbour Dock, 1 × Lark Webcam)" in status(SUBMITTED).text


def test_the_same_product_on_several_lines_is_counted_together() -> None:
    claim = replace(SUBMITTED, lines=(ClaimLine("Harbour Dock", 2), ClaimLine("Harbour Dock", 3)))
    assert "(5 × Harbour Dock)" in status(claim).text


def test_only_what_is_missing_is_asked_for() -> None:
    asked = {
        needed: ask_for_details(needed, WORDING, LEN)
        for needed in (LookupResult.NEED_BOTH, LookupResult.NEED_REFERENCE, LookupResult.NEED_EMAIL)
    }
    assert all(reply.kind is ReplyKind.QUESTION for reply in asked.values())
    assert "LEN-000000" in asked[LookupResult.NEED_REFERENCE].text
    assert "e-mail" not in asked[LookupResult.NEED_REFERENCE].text
    assert "reference" not in asked[LookupResult.NEED_EMAIL].text
    assert "LEN-000000" in asked[LookupResult.NEED_BOTH].text
    assert "e-mail" in asked[LookupResult.NEED_BOTH].text


@pytest.mark.parametrize("result", [LookupResult.NOT_FOUND, LookupResult.TOO_MANY_ATTEMPTS])
def test_a_failure_has_constant_words_and_the_contact_form(result: LookupResult) -> None:
    told = tell_without_claim(LookupOutcome(result), WORDING, LEN)
    assert told == tell_without_claim(LookupOutcome(result), WORDING, ReferenceFormat("ALM", 5))
    assert told.links == (FORM,)


def test_the_lock_does_not_tell_which_limit_was_reached() -> None:
    told = tell_without_claim(LookupOutcome(LookupResult.TOO_MANY_ATTEMPTS), WORDING, LEN).text
    assert not re.search(r"\d|minute|hour|attempt|address|reference", told)


def test_a_missing_detail_is_asked_for_as_the_outcome_says() -> None:
    assert tell_without_claim(LookupOutcome(LookupResult.NEED_EMAIL), WORDING, LEN) == ask_for_details(
        LookupResult.NEED_EMAIL, WORDING, LEN
    )


def test_a_found_claim_is_not_told_as_a_failure() -> None:
    with pytest.raises(ValueError, match="tell_status"):
        tell_without_claim(LookupOutcome(LookupResult.FOUND, SUBMITTED), WORDING, LEN)


def test_an_outage_leaves_a_way_on() -> None:
    assert tell_unavailable(WORDING).links == (FORM,)
