"""Messages are read against the list of products, also when it changes or is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

import pytest

from bot.core.promotion import ReferenceFormat
from bot.matching import readers
from bot.matching.readers import REFRESH_SECONDS, PurchaseReader
from bot.services.ports import Product, Unavailable
from tests.product_lists import PRODUCTS, TB_DOCK, vocabulary

TODAY = date(2023, 10, 20)
TEXT = "I bought a ThinkPad Universal Thunderbolt 4 Dock"


class List:
    """A product list that can change, go down, and counts how often it is read."""

    def __init__(self, products: Sequence[Product] = PRODUCTS) -> None:
        self.products = products
        self.is_down = False
        self.times_read = 0

    def __call__(self) -> Sequence[Product]:
        self.times_read += 1
        if self.is_down:
            raise Unavailable("the claims database is down")
        return self.products


class Seconds:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 5_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    clock = Seconds()
    monkeypatch.setattr(readers, "time", SimpleNamespace(monotonic=clock.monotonic))
    return clock


def reader_over(products: List) -> PurchaseReader:
    return PurchaseReader(ReferenceFormat("LEN", 6), vocabulary(), products)


def test_a_message_is_read_against_the_list() -> None:
    purchase = reader_over(List()).read(f"{TEXT} on 5 June 2023", TODAY)
    assert (purchase.product, purchase.listed) == (TB_DOCK.name, True)
    assert purchase.bought_on == date(2023, 6, 5)


def test_the_list_is_read_when_it_is_needed_and_kept_for_a_while(seconds: Seconds) -> None:
    products = List()
    reader = reader_over(products)
    assert products.times_read == 0
    for _ in range(3):
        reader.read(TEXT, TODAY)
        seconds.now += REFRESH_SECONDS / 4
    assert products.times_read == 1


def test_a_changed_list_is_noticed(seconds: Seconds) -> None:
    products = List([product for product in PRODUCTS if product != TB_DOCK])
    reader = reader_over(products)
    assert reader.read(TEXT, TODAY).product is None
    products.products = PRODUCTS
    seconds.now += REFRESH_SECONDS - 1
    assert reader.read(TEXT, TODAY).product is None
    seconds.now += 1
    assert reader.read(TEXT, TODAY).product == TB_DOCK.name


def test_while_the_list_was_never_read_nothing_is_said_to_be_on_it_or_not(seconds: Seconds) -> None:
    products = List()
    products.is_down = True
    reader = reader_over(products)
    purchase = reader.read(f"{TEXT} on 5 June 2023", TODAY)
    assert purchase.listed is None
    assert purchase.product is None
    assert purchase.bought_on == date(2023, 6, 5), "the rest is read all the same"
    products.is_down = False
    seconds.now += REFRESH_SECONDS
    assert reader.read(TEXT, TODAY).listed is True


def test_a_list_that_was_read_once_serves_through_an_outage(seconds: Seconds) -> None:
    products = List()
    reader = reader_over(products)
    reader.read(TEXT, TODAY)
    products.is_down = True
    seconds.now += REFRESH_SECONDS
    assert reader.read(TEXT, TODAY).listed is True


def test_a_list_that_is_down_is_not_asked_with_every_message(seconds: Seconds) -> None:
    products = List()
    products.is_down = True
    reader = reader_over(products)
    for _ in range(5):
        reader.read(TEXT, TODAY)
    assert products.times_read == 1
