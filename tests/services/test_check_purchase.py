"""An agent's form is judged by the chat's own rules, in the chat's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.import_products import import_products
from bot.core.cards import RuleList
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.purchase_rules import Outcome
from bot.core.replies import Reply
from bot.services.check_purchase import CHOICE, FIELDS, UNRECOGNISED, PurchaseCheck, check_purchase
from bot.services.claims_desk import ClaimsDesk
from bot.services.judge_purchase import judge_purchase
from bot.services.ports import Product
from tests import purchases

LIST = [
    Product("H7", "Halden Dock 7", "Dock", "DK"),
    Product("H8", "Halden Dock 8", "Dock", "SE"),
    Product("P1", "Ærø Pen", "Pen", "DK"),
    Product("P1", "Ærø Pen", "Pen", "SE"),
]
GOOD = {
    "product": "halden dock 7", "bought_on": "2023-08-14", "seller": "shop", "buyer": "business", "quantity": "2",
    "document": "invoice",
}  # fmt: skip


@pytest.fixture
def desk(claims_desk: ClaimsDesk, claims_database: Engine) -> ClaimsDesk:
    import_products(claims_database, claims_desk.promotion.key, LIST)
    return claims_desk


def said_in_the_chat(purchase: Purchase, desk: ClaimsDesk) -> Reply:
    return judge_purchase(purchase, promotion=desk.promotion, today=desk.clock.today(), wording=desk.wording)[0]


def check(desk: ClaimsDesk, **changed: str) -> PurchaseCheck:
    return check_purchase({**GOOD, **changed}, desk=desk)


def test_the_verdict_is_the_chats_own(desk: ClaimsDesk) -> None:
    purchase = replace(purchases.GOOD, quantity=2, document=Document.INVOICE)
    checked = check(desk)
    assert checked.reply == said_in_the_chat(purchase, desk)
    assert checked.rules and {rule.state for rule in checked.rules.rules} == {Outcome.HOLDS}
    assert checked.typed["product"] == "Halden Dock 7"
    before, after = checked.paragraphs
    assert before.startswith("As far as") and "claim by 31 December 2023" in after
    assert checked.rules.paragraph not in before + after

    failing = replace(purchase, seller=Seller.DISTRIBUTOR, document=Document.DELIVERY_NOTE)
    assert check(desk, seller="distributor", document="delivery_note").reply == said_in_the_chat(failing, desk)


def test_a_part_number_is_as_good_as_the_name(desk: ClaimsDesk) -> None:
    assert check(desk, product=" h7 ").reply == check(desk).reply


def test_every_choice_of_the_form_is_understood(desk: ClaimsDesk) -> None:
    for field, kind in (("seller", Seller), ("buyer", Buyer), ("document", Document)):
        for value in kind:
            checked = check(desk, **{field: value.value})
            assert not checked.problems and isinstance(checked.reply and checked.reply.card, RuleList)
    somebody = check(desk, seller=UNRECOGNISED)
    assert somebody.rules and [rule.state for rule in somebody.rules.rules if rule.label == "Seller"] == [Outcome.OPEN]


def test_an_empty_form_says_nothing_and_an_incomplete_one_what_is_needed(desk: ClaimsDesk) -> None:
    assert check_purchase({}, desk=desk).reply is None
    checked = check(desk, bought_on="")
    assert checked.rules is None and "which day it was bought" in checked.paragraphs[0]


def test_a_name_that_is_not_on_the_list_is_asked_about_and_can_be_answered(desk: ClaimsDesk) -> None:
    asked = check(desk, product="halden dock")
    assert [button.command for button in asked.choices] == [
        "product:Halden Dock 7",
        "product:Halden Dock 8",
        "product:",
    ]
    assert asked.rules is None
    picked = check(desk, product="halden dock", **{CHOICE: "product:Halden Dock 8"})
    assert picked.rules and picked.typed["product"] == "Halden Dock 8"
    none = check(desk, product="halden dock", **{CHOICE: "product:"})
    assert none.rules and none.rules.rules[0].state is Outcome.FAILS and none.typed["product"] == "halden dock"


def test_a_verdict_that_does_without_the_product_still_asks_which_it_is(desk: ClaimsDesk) -> None:
    checked = check(desk, product="halden dock", bought_on="2024-06-01")
    assert checked.rules and [rule.label for rule in checked.rules.rules][0] == "Date"
    assert [button.command for button in checked.choices] == [
        "product:Halden Dock 7",
        "product:Halden Dock 8",
        "product:",
    ]
    assert check(desk, bought_on="2024-06-01").choices == ()


def test_the_list_of_a_country_counts_if_one_is_chosen(desk: ClaimsDesk) -> None:
    assert check(desk).countries == ("DK", "SE")
    assert check(desk, country="DK").reply == check(desk).reply
    elsewhere = check(desk, country="SE")
    assert elsewhere.rules and elsewhere.rules.rules[0].state is Outcome.FAILS
    assert elsewhere.elsewhere == ("DK",)
    assert check(desk, product="aero pen", country="SE").elsewhere == ()


def test_a_list_that_cannot_be_read_leaves_the_product_open(desk: ClaimsDesk, claims_database: Engine) -> None:
    with claims_database.begin() as connection:
        connection.execute(text("DROP TABLE products"))
    checked = check(desk)
    assert checked.rules and checked.rules.rules[0].state is Outcome.OPEN
    assert checked.products == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bought_on", "14/8/2023"),
        ("bought_on", "2023-02-30"),
        ("bought_on", "tomorrow"),
        ("quantity", "0"),
        ("quantity", "-1"),
        ("quantity", "two"),
        ("quantity", "٣"),
        ("quantity", "9" * 5000),
        ("seller", "Seller.SHOP"),
        ("buyer", "x"),
        ("document", "<b>"),
    ],
)
def test_what_cannot_be_read_is_marked_and_nothing_is_judged(desk: ClaimsDesk, field: str, value: str) -> None:
    checked = check(desk, **{field: value})
    assert (checked.problems, checked.reply) == ({field}, None)
    assert checked.typed[field] == value[:200]


@given(st.fixed_dictionaries({name: st.text(max_size=20) for name in (*FIELDS, CHOICE)}))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_whatever_is_typed_gets_an_answer(desk: ClaimsDesk, typed: dict[str, str]) -> None:
    checked = check_purchase(typed, desk=desk)
    assert checked.problems or checked.reply or not any(checked.typed.values())


def test_ten_thousand_characters_take_no_time(desk: ClaimsDesk) -> None:
    checked = check(desk, product="x " * 5000)
    assert checked.rules and len(checked.typed["product"]) <= 200
