"""A purchase is told piece by piece, and a correction replaces its subject only."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given

from bot.core.purchase import Buyer, Document, Purchase, Seller
from tests.any_purchase import PURCHASES

TOLD = Purchase(
    product="Halden Dock 7",
    product_text="the dock",
    listed=True,
    bought_on=date(2023, 9, 27),
    seller=Seller.DISTRIBUTOR,
    seller_text="a wholesale firm",
    buyer=Buyer.BUSINESS,
    quantity=3,
    document=Document.INVOICE,
)


@given(PURCHASES)
def test_a_purchase_survives_the_way_through_json(purchase: Purchase) -> None:
    assert Purchase.from_dict(json.loads(json.dumps(purchase.as_dict()))) == purchase


def test_keys_left_out_mean_that_nothing_was_told() -> None:
    assert Purchase.from_dict({}) == Purchase()


@pytest.mark.parametrize("data", [{"seller": "a friend"}, {"bought_on": "yesterday"}, {"document": "photo"}])
def test_values_that_cannot_be_are_refused(data: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        Purchase.from_dict(data)


@given(PURCHASES)
def test_nothing_new_changes_nothing(purchase: Purchase) -> None:
    assert purchase.merge(Purchase()) == purchase


def test_a_corrected_date_leaves_everything_else() -> None:
    corrected = TOLD.merge(Purchase(bought_on=date(2023, 6, 3)))

    assert corrected.bought_on == date(2023, 6, 3)
    assert corrected.merge(Purchase(bought_on=TOLD.bought_on)) == TOLD


def test_a_chosen_day_drops_the_readings_and_the_month() -> None:
    unclear = Purchase(date_readings=(date(2023, 5, 10), date(2023, 10, 5)))
    in_a_month = Purchase(month=(2023, 5))
    chosen = Purchase(bought_on=date(2023, 10, 5))

    assert unclear.merge(chosen) == chosen
    assert in_a_month.merge(chosen) == chosen


def test_a_new_ambiguous_date_drops_the_old_day() -> None:
    readings = (date(2023, 7, 8), date(2023, 8, 7))

    assert TOLD.merge(Purchase(date_readings=readings)).bought_on is None
    assert TOLD.merge(Purchase(date_readings=readings)).date_readings == readings


def test_a_month_settles_which_of_two_readings_was_meant() -> None:
    unclear = Purchase(date_readings=(date(2023, 5, 10), date(2023, 10, 5)))

    assert unclear.merge(Purchase(month=(2023, 10))) == Purchase(bought_on=date(2023, 10, 5))
    assert unclear.merge(Purchase(month=(2023, 8))) == Purchase(month=(2023, 8))


def test_a_new_product_drops_the_close_names() -> None:
    misspelt = Purchase(product_text="haldn dok", listed=False, close=("Halden Dock 7", "Halden Dock 8"), quantity=2)

    chosen = misspelt.merge(Purchase(product="Halden Dock 8", listed=True))

    assert (chosen.product, chosen.listed, chosen.close, chosen.quantity) == ("Halden Dock 8", True, (), 2)


def test_insisting_that_it_is_none_of_the_close_names_leaves_it_unlisted() -> None:
    misspelt = Purchase(product_text="haldn dok", listed=False, close=("Halden Dock 7",))

    assert misspelt.merge(Purchase(listed=False)) == Purchase(product_text="haldn dok", listed=False)


def test_an_unlisted_product_does_not_keep_the_official_name_of_the_one_before() -> None:
    other = TOLD.merge(Purchase(product_text="a coffee machine", listed=False))

    assert (other.product, other.listed, other.bought_on) == (None, False, TOLD.bought_on)


def test_a_new_seller_drops_the_words_for_the_old_one() -> None:
    assert TOLD.merge(Purchase(seller=Seller.AMAZON)).seller_text is None
    assert TOLD.merge(Purchase(seller_text="Brekke & Sons")).seller is None
