"""Whatever is told of a purchase, the words about it promise no more than the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bot.adapters.replies_file import read_wording
from bot.core.eligibility import Decision, Missing, judge
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.wording import Wording
from bot.services.judge_purchase import judge_purchase
from tests.promotions import lenovo_like, undisputed
from tests.purchases import GOOD
from tests.services.verdicts import DISPUTED, MISSPELT, REPLIES, TODAY, reply_to

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
