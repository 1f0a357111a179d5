"""The promotion's products, in the order of their list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_products import import_products
from bot.adapters.sql.products import SqlProducts
from bot.services.ports import Product, Products, Unavailable
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeProducts

LISTED = [
    Product("Z9", "Lark Webcam", "Webcam", "DK"),
    Product("A1", "Harbour Dock"),
    Product("Z9", "Lark Webcam", "Webcam", "SE"),
]

Store = Callable[[Sequence[Product]], Products]


@pytest.fixture(params=("fake", *BACKENDS))
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The port with products in it: the fake, and the real one on every database."""
    if request.param == "fake":
        yield FakeProducts
        return
    with migrated_database(request.param, tmp_path, "claims") as engine:

        def store(products: Sequence[Product]) -> Products:
            import_products(engine, "spring", products)
            return SqlProducts(engine, "spring")

        yield store


def test_products_come_in_the_order_of_the_list(stored: Store) -> None:
    assert list(stored(LISTED).all()) == LISTED


def test_an_empty_list_has_no_products(stored: Store) -> None:
    assert list(stored([]).all()) == []


def test_products_of_another_promotion_are_not_listed(claims_engine: Engine) -> None:
    import_products(claims_engine, "spring", LISTED)
    assert list(SqlProducts(claims_engine, "autumn").all()) == []


def test_an_unreachable_list_is_unavailable(empty_url: str) -> None:
    with pytest.raises(Unavailable, match="claims database"):
        SqlProducts(make_engine(empty_url, read_only=True), "spring").all()
    with pytest.raises(Unavailable):
        FakeProducts(is_down=True).all()
