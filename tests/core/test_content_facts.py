"""Facts are taken from answers in whatever words they state them."""

from __future__ import annotations

import pytest

from bot.core.content_facts import Meaning, extract_facts


def facts(answer: str, question: str = "") -> dict[str, list[str]]:
    """The readings of an answer by meaning, without the facts of the question."""
    found: dict[str, list[str]] = {}
    for fact in extract_facts("entry", "", answer) if not question else extract_facts("entry", question, answer):
        if fact.day:
            shown = str(fact.day.in_year(2023))
        else:
            shown = f"{fact.measure.value.normalize():f}" if fact.measure else fact.words
        found.setdefault(fact.meaning.value, []).append(shown)
    return found


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            "Buy between May 22nd 2023 and December 31st 2023.",
            {"purchases_from": ["2023-05-22"], "purchases_until": ["2023-12-31"]},
        ),
        (
            "The campaign runs from 22 May to 31 December 2023.",
            {"purchases_from": ["2023-05-22"], "purchases_until": ["2023-12-31"]},
        ),
        ("Purchases made after 30 November 2023 do not qualify.", {"purchases_until": ["2023-11-30"]}),
        ("Purchases from 1 December 2023 no longer count.", {"purchases_until": ["2023-11-30"]}),
        ("You can buy from 22 May 2023 onwards.", {"purchases_from": ["2023-05-22"]}),
        ("Claim not later than 31 December 2023.", {"claims_until": ["2023-12-31"]}),
        ("Claims must be submitted before 1 January 2024.", {"claims_until": ["2023-12-31"]}),
        ("You have until 31 January 2024 to submit your claim.", {"claims_until": ["2024-01-31"]}),
        ("If you have bought one, you have until 31 January 2024 to apply.", {"claims_until": ["2024-01-31"]}),
        ("Register your purchase by midnight CET, January 31st 2024.", {"claims_until": ["2024-01-31"]}),
        ("31 January 2024 is the last day for applications.", {"claims_until": ["2024-01-31"]}),
        (
            "The claim deadline for purchases in the promotion period is 31 December 2023.",
            {"claims_until": ["2023-12-31"]},
        ),
        (
            "Claim by 31 Dec 2023 for products bought between 22 May and 30 November 2023.",
            {"claims_until": ["2023-12-31"], "purchases_from": ["2023-05-22"], "purchases_until": ["2023-11-30"]},
        ),
        (
            "Claims validated by 31 January 2024 will be paid by 15 March 2024.",
            {"other_day": ["2024-01-31", "2024-03-15"]},
        ),
        ("We last updated this page on 3 March 2023.", {"other_day": ["2023-03-03"]}),
    ],
)  # fmt: skip
def test_dates_get_the_meaning_their_sentence_gives_them(answer: str, expected: dict[str, list[str]]) -> None:
    assert facts(answer) == expected


def test_a_short_answer_speaks_of_what_was_asked() -> None:
    assert facts("Until December 31st 2023.", "When can I claim?") == {"claims_until": ["2023-12-31"]}
    assert facts("Until December 31st 2023.", "How long can I buy?") == {"purchases_until": ["2023-12-31"]}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The payment will be made within 45 calendar days after validation.", {"payment_days": ["45"]}),
        ("You get your money within six weeks of approval.", {"payment_days": ["42"]}),
        ("Payment takes no more than forty-five days.", {"payment_days": ["45"]}),
        ("Please allow up to 5 extra days in the event of bank transfer delays.", {"bank_days": ["5"]}),
        ("Your bank may take another five days.", {"bank_days": ["5"]}),
        ("If you have not received your payment within 50 days, please contact us.", {"contact_after_days": ["50"]}),
        ("Still waiting for your cashback after fifty days? Contact us.", {"contact_after_days": ["50"]}),
        ("Claims can be made up to 30 days after purchase.", {"claim_days": ["30"]}),
        ("Goods can be returned within 14 days.", {"other_days": ["14"]}),
        ("You can register until fifteen eligible qualifying products per claim.", {"products_per_claim": ["15"]}),
        ("No more than twenty items may be registered on one claim form.", {"products_per_claim": ["20"]}),
        ("Each claim can hold fifteen (50) of our products.", {"products_per_claim": ["15", "50"]}),
        ("You can register one or more products per claim.", {}),
        ("Each claim needs one invoice.", {}),
        ("The maximum cashback amount is kr 3.150.", {"cashback_in_total": ["3150"]}),
        ("You get NOK 3 150,00 at most.", {"cashback_in_total": ["3150"]}),
        ("You get kr 210 per product.", {"other_amount": ["210"]}),
    ],
)  # fmt: skip
def test_numbers_get_the_meaning_their_sentence_gives_them(answer: str, expected: dict[str, list[str]]) -> None:
    assert facts(answer) == expected


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("We can only offer an accessory for free on qualifying products.", "an accessory for free"),
        ("You will receive a free headset.", "free headset"),
        ("Every buyer gets a complimentary laptop bag.", "complimentary laptop bag"),
        ("As a thank you we send you a voucher.", "voucher"),
    ],
)
def test_a_promise_other_than_money_is_found(answer: str, words: str) -> None:
    (fact,) = extract_facts("entry", "", answer)
    assert (fact.meaning, fact.words) == (Meaning.BENEFIT, words)


@pytest.mark.parametrize(
    "answer",
    [
        "Feel free to call us.",
        "Registration is free of charge.",
        "We do not give away a free headset.",
        "You get your discount, never a gift.",
    ],
)
def test_what_promises_nothing_is_left_alone(answer: str) -> None:
    assert extract_facts("entry", "", answer) == []
