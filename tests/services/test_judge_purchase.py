"""The desk says whether a purchase qualifies in words that promise no more than the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bot.adapters.replies_file import read_wording
from bot.core.cards import RuleList
from bot.core.eligibility import Decision, Missing, judge
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.purchase_rules import Outcome
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.wording import Wording
from bot.services.judge_purchase import judge_purchase
from tests.promotions import lenovo_like, undisputed

REPLIES = Path(__file__).parents[2] / "faq" / "replies"
TODAY = date(2023, 12, 12)
GOOD = Purchase(
    product="Halden Dock 7",
    listed=True,
    bought_on=date(2023, 8, 14),
    seller=Seller.SHOP,
    buyer=Buyer.BUSINESS,
)
DISPUTED = replace(GOOD, bought_on=date(2023, 12, 5))
MISSPELT = Purchase(
    product_text="haldn dok",
    listed=False,
    close=("Halden Dock 7", "Halden Dock 8", "Halden Hub", "Halden Pen"),
)
CONTACT_FORM = Link("Contact form", "/contact")
MARKS = {Outcome.HOLDS: "✓", Outcome.FAILS: "✗", Outcome.OPEN: "?"}
MONEY = re.compile(r"kr|€|\$|£|\bEUR\b|\bDKK\b|\bSEK\b|\bNOK\b")


class NotingWording(Wording):
    """The real sentences, and a note of those that were said."""

    def __init__(self) -> None:
        super().__init__(read_wording(REPLIES)._sentences)
        self.said: set[str] = set()

    def say(self, key: str, **values: object) -> str:
        self.said.add(key)
        return super().say(key, **values)


@pytest.fixture(scope="module")
def wording() -> NotingWording:
    return NotingWording()


def reply_to(purchase: Purchase, wording: Wording, *, today: date = TODAY, again: bool = False) -> Reply:
    (reply,) = judge_purchase(purchase, promotion=lenovo_like(), today=today, wording=wording, again=again)
    return reply


def every_purchase() -> Iterator[Purchase]:
    days = (
        Purchase(),
        Purchase(bought_on=date(2023, 5, 21)),
        Purchase(bought_on=date(2023, 8, 1)),
        Purchase(bought_on=date(2023, 12, 9)),
        Purchase(bought_on=date(2024, 1, 1)),
        Purchase(date_readings=(date(2023, 6, 7), date(2023, 7, 6))),
        Purchase(date_readings=(date(2023, 5, 9), date(2023, 9, 5))),
        Purchase(date_readings=(date(2023, 3, 2), date(2024, 2, 3))),
        Purchase(month=(2023, 5)),
        Purchase(month=(2023, 10)),
        Purchase(month=(2023, 12)),
    )
    products = (
        Purchase(),
        Purchase(product="Halden Dock 7", listed=True),
        Purchase(product_text="the dock", listed=True),
        Purchase(product_text="the dock"),
        Purchase(product_text="a kettle", listed=False),
        MISSPELT,
        replace(MISSPELT, close=MISSPELT.close[:1]),
    )
    sellers = (
        Purchase(),
        Purchase(seller_text="Brekke & Sons"),
        *(Purchase(seller=seller) for seller in Seller),
    )
    rest = product((None, *Buyer), (None, *Document), (None, 15, 16))
    sold_to = [Purchase(buyer=buyer, document=document, quantity=quantity) for buyer, document, quantity in rest]
    for number, (what, when, where) in enumerate(product(products, days, sellers)):
        yield what.merge(when).merge(where).merge(sold_to[number % len(sold_to)])
    for number, (where, who) in enumerate(product(sellers, sold_to)):
        yield products[number % len(products)].merge(days[number % len(days)]).merge(where).merge(who)
        yield GOOD.merge(where).merge(who)


def test_every_purchase_gets_words_that_keep_to_the_page(wording: NotingWording) -> None:
    todays = (date(2023, 7, 1), TODAY, date(2024, 1, 8), date(2024, 2, 8))

    for number, purchase in enumerate(every_purchase()):
        today, again = todays[number % 7 % 4], number % 11 == 0
        text = reply_to(purchase, wording, today=today, again=again).text
        assert "{" not in text and "None " not in text and "Seller." not in text
        assert set(MONEY.findall(text)) <= ({"kr"} if purchase.quantity == 16 else set())
        assert text.count("kr") == text.count("kr 3.150")
        assert "31 December 2023" in text or ("30 November 2023" not in text and "31 January 2024" not in text)


def test_nothing_but_a_purchase_that_qualifies_is_said_to_qualify(wording: NotingWording) -> None:
    promotion = lenovo_like()

    for purchase in every_purchase():
        text = reply_to(purchase, wording).text
        is_yes = "this purchase qualifies" in text or "this purchase would qualify" in text
        assert is_yes == (judge(purchase, promotion, TODAY).outcome is Decision.QUALIFIES)


def test_every_sentence_of_the_purchase_file_is_said_sometime(wording: NotingWording) -> None:
    for number, purchase in enumerate(every_purchase()):
        for today in (date(2023, 7, 1), date(2024, 1, 8), date(2024, 2, 8)):
            reply_to(purchase, wording, today=today, again=number % 2 == 0)
    for day, today in ((date(2025, 4, 5), date(2025, 5, 5)), (date(2025, 4, 5), date(2025, 8, 1))):
        judge_purchase(replace(GOOD, bought_on=day), promotion=undisputed(), today=today, wording=wording)
    two_beginnings = replace(
        lenovo_like(),
        purchases_from=lenovo_like().purchases_until,
        purchases_until=lenovo_like().claims_until,
    )
    judge_purchase(DISPUTED, promotion=two_beginnings, today=TODAY, wording=wording)
    for purchase in (
        Purchase(),
        replace(GOOD, product=None, listed=None),
        Purchase(listed=False, close=MISSPELT.close),
    ):
        judge_purchase(purchase, promotion=lenovo_like(), today=TODAY, wording=wording, unasked=list(Missing))
        reply_to(purchase, wording)

    written, said = (
        {key for key in keys if key.startswith("purchase_")} for keys in (read_wording(REPLIES).keys(), wording.said)
    )
    assert said == written


def test_all_that_is_missing_is_asked_in_one_question(wording: NotingWording) -> None:
    reply = reply_to(Purchase(), wording)

    assert reply.kind is ReplyKind.QUESTION
    assert (
        reply.text.index("which product") < reply.text.index("on which day") < reply.text.index("where it was bought")
    )
    assert "business" not in reply.text and "invoice" not in reply.text


def test_what_is_known_is_not_asked_again(wording: NotingWording) -> None:
    reply = reply_to(replace(GOOD, seller=None), wording)

    assert "Halden Dock 7" in reply.text and "where it was bought" in reply.text
    assert "which product" not in reply.text and "which day" not in reply.text


def test_close_names_are_offered_three_at_most_and_none_of_them(wording: NotingWording) -> None:
    reply = reply_to(MISSPELT, wording)

    assert reply.kind is ReplyKind.SUGGESTIONS
    assert [button.command for button in reply.buttons] == [
        "product:Halden Dock 7",
        "product:Halden Dock 8",
        "product:Halden Hub",
        "product:",
    ]


def test_an_ambiguous_date_is_asked_with_both_days_written_out(wording: NotingWording) -> None:
    reply = reply_to(replace(GOOD, bought_on=None, date_readings=(date(2023, 5, 10), date(2023, 10, 5))), wording)

    assert reply.kind is ReplyKind.QUESTION
    assert [(button.label, button.command) for button in reply.buttons] == [
        ("10 May 2023", "date:2023-05-10"),
        ("5 October 2023", "date:2023-10-05"),
    ]


def test_a_yes_goes_rule_by_rule_and_names_the_safe_last_day_first(wording: NotingWording) -> None:
    reply = reply_to(GOOD, wording)
    first, rules, after = reply.text.split("\n\n")

    assert (reply.kind, first) == (
        ReplyKind.LOOKUP,
        "As far as the page's rules go, this purchase qualifies.",
    )
    assert [line[0] for line in rules.splitlines()] == ["✓"] * 5
    assert after.index("31 December 2023") < after.index("31 January 2024")
    assert reply.links == ()


def test_an_unknown_buyer_stands_as_a_condition_in_the_verdict(wording: NotingWording) -> None:
    reply = reply_to(replace(GOOD, buyer=None), wording)

    assert "as long as it is for a business that uses it itself" in reply.text.split("\n\n")[0]


def test_between_the_two_ends_both_are_named_and_none_is_preferred(wording: NotingWording) -> None:
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
    purchase: Purchase, opening: str, links: tuple[Link, ...], wording: NotingWording
) -> None:
    reply, long_one = reply_to(purchase, wording, again=True), reply_to(purchase, wording)

    assert reply.text.startswith(opening) and reply.links == links
    assert long_one.text.split("\n\n")[0] in reply.text and "\n" not in reply.text


def test_a_no_names_only_the_rule_that_fails(wording: NotingWording) -> None:
    first = reply_to(replace(GOOD, bought_on=date(2023, 5, 3)), wording).text.split("\n\n")[0]

    assert "3 May 2023" in first and "22 May 2023" in first
    assert "list" not in first and "shop" not in first


def test_a_product_that_is_not_listed_comes_with_the_contact_form(wording: NotingWording) -> None:
    reply = reply_to(MISSPELT.merge(Purchase(listed=False)), wording)

    assert "not on the list" in reply.text and reply.links == (CONTACT_FORM,)


def test_a_wrong_document_says_which_one_to_get(wording: NotingWording) -> None:
    text = reply_to(replace(GOOD, document=Document.DELIVERY_NOTE), wording).text

    assert "a delivery note is not accepted" in text and "ask the seller for an invoice" in text
    assert "does not qualify" not in text


def test_once_both_last_days_are_over_no_deadline_is_offered(wording: NotingWording) -> None:
    text = reply_to(GOOD, wording, today=date(2024, 2, 1)).text

    assert "can no longer be claimed" in text and "claim by" not in text.lower()


def test_the_customers_own_words_are_not_repeated(wording: NotingWording) -> None:
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
