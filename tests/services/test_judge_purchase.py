"""The desk says whether a purchase qualifies, why, and what is still missing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.core.cards import RuleList
from bot.core.purchase import Document, Purchase, Seller
from bot.core.purchase_rules import Outcome
from bot.core.replies import Link, ReplyKind
from bot.core.wording import Wording
from tests.purchases import GOOD
from tests.services.verdicts import DISPUTED, MISSPELT, reply_to

CONTACT_FORM = Link("Contact form", "/contact")
MARKS = {Outcome.HOLDS: "✓", Outcome.FAILS: "✗", Outcome.OPEN: "?"}


def test_all_that_is_missing_is_asked_in_one_question(wording: Wording) -> None:
    reply = reply_to(Purchase(), wording)

    assert reply.kind is ReplyKind.QUESTION
    assert (
        reply.text.index("which product") < reply.text.index("on which day") < reply.text.index("where it was bought")
    )
    assert "business" not in reply.text and "invoice" not in reply.text


def test_what_is_known_is_not_asked_again(wording: Wording) -> None:
    reply = reply_to(replace(GOOD, seller=None), wording)

    assert "Halden Dock 7" in reply.text and "where it was bought" in reply.text
    assert "which product" not in reply.text and "which day" not in reply.text


def test_close_names_are_offered_three_at_most_and_none_of_them(wording: Wording) -> None:
    reply = reply_to(MISSPELT, wording)

    assert reply.kind is ReplyKind.SUGGESTIONS
    assert [button.command for button in reply.buttons] == [
        "product:Halden Dock 7",
        "product:Halden Dock 8",
        "product:Halden Hub",
        "product:",
    ]


def test_an_ambiguous_date_is_asked_with_both_days_written_out(wording: Wording) -> None:
    reply = reply_to(replace(GOOD, bought_on=None, date_readings=(date(2023, 5, 10), date(2023, 10, 5))), wording)

    assert reply.kind is ReplyKind.QUESTION
    assert [(button.label, button.command) for button in reply.buttons] == [
        ("10 May 2023", "date:2023-05-10"),
        ("5 October 2023", "date:2023-10-05"),
    ]


def test_a_yes_goes_rule_by_rule_and_names_the_safe_last_day_first(wording: Wording) -> None:
    reply = reply_to(GOOD, wording)
    first, rules, after = reply.text.split("\n\n")

    assert (reply.kind, first) == (
        ReplyKind.LOOKUP,
        "As far as the page's rules go, this purchase qualifies.",
    )
    assert [line[0] for line in rules.splitlines()] == ["✓"] * 5
    assert after.index("31 December 2023") < after.index("31 January 2024")
    assert reply.links == ()


def test_an_unknown_buyer_stands_as_a_condition_in_the_verdict(wording: Wording) -> None:
    reply = reply_to(replace(GOOD, buyer=None), wording)

    assert "as long as it is for a business that uses it itself" in reply.text.split("\n\n")[0]


def test_between_the_two_ends_both_are_named_and_none_is_preferred(wording: Wording) -> None:
    reply = reply_to(DISPUTED, wording)
    first = reply.text.split("\n\n")[0]

    assert "30 November 2023 and 31 December 2023" in first and "cannot settle" in first
    assert "claim by 31 December 2023" in reply.text
    assert reply.links == (CONTACT_FORM,)
    assert not re.search(r"probabl|likely|usual|correct end|right end", reply.text)


@pytest.mark.parametrize(
    ("purchase", "opening", "links"),
    [
        (GOOD, "Yes. As far as the page's rules go", ()),
        (DISPUTED, "Neither yes nor no", (CONTACT_FORM,)),
        (replace(GOOD, seller=Seller.DISTRIBUTOR), "No. This purchase does not qualify", ()),
    ],
)
def test_asked_again_it_is_the_same_verdict_in_short(
    purchase: Purchase, opening: str, links: tuple[Link, ...], wording: Wording
) -> None:
    reply, long_one = reply_to(purchase, wording, again=True), reply_to(purchase, wording)

    assert reply.text.startswith(opening) and reply.links == links
    assert long_one.text.split("\n\n")[0] in reply.text and "\n" not in reply.text


def test_a_no_names_only_the_rule_that_fails(wording: Wording) -> None:
    first = reply_to(replace(GOOD, bought_on=date(2023, 5, 3)), wording).text.split("\n\n")[0]

    assert "3 May 2023" in first and "22 May 2023" in first
    assert "list" not in first and "shop" not in first


def test_a_product_that_is_not_listed_comes_with_the_contact_form(wording: Wording) -> None:
    reply = reply_to(MISSPELT.merge(Purchase(listed=False)), wording)

    assert "not on the list" in reply.text and reply.links == (CONTACT_FORM,)


def test_a_wrong_document_says_which_one_to_get(wording: Wording) -> None:
    text = reply_to(replace(GOOD, document=Document.DELIVERY_NOTE), wording).text

    assert "a delivery note is not accepted" in text and "ask the seller for an invoice" in text
    assert "does not qualify" not in text


def test_once_both_last_days_are_over_no_deadline_is_offered(wording: Wording) -> None:
    text = reply_to(GOOD, wording, today=date(2024, 2, 1)).text

    assert "can no longer be claimed" in text and "claim by" not in text.lower()


def test_the_customers_own_words_are_not_repeated(wording: Wording) -> None:
    words = "free laptop worth kr 9000"

    for purchase in (
        Purchase(product_text=words, listed=False),
        replace(GOOD, seller=None, seller_text=words),
    ):
        assert words not in reply_to(purchase, wording).text


@pytest.mark.parametrize("purchase", [GOOD, DISPUTED, replace(GOOD, seller=Seller.DISTRIBUTOR)])
def test_the_card_says_just_what_a_paragraph_of_the_text_says(purchase: Purchase, wording: Wording) -> None:
    reply = reply_to(purchase, wording)

    assert isinstance(reply.card, RuleList)
    assert reply.card.paragraph in reply.text.split("\n\n")
    lines = reply.card.paragraph.split("\n")
    assert [f"{rule.label}: {rule.text}" for rule in reply.card.rules] == [line[2:] for line in lines]
    assert [MARKS[rule.state] for rule in reply.card.rules] == [line[0] for line in lines]


def test_a_question_or_a_verdict_told_again_has_no_card(wording: Wording) -> None:
    assert reply_to(Purchase(), wording).card is None
    assert reply_to(GOOD, wording, again=True).card is None
