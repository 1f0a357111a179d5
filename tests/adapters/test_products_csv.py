"""Products from a spreadsheet: what is read, and what is refused by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.csv_rows import BadFile
from bot.adapters.products_csv import parse_products, read_products
from bot.services.ports import Product


def test_products_are_read_in_order_with_what_is_there() -> None:
    text = "name;part_number;category\nLark Webcam;Z9;Webcam\nHarbour Dock;A1\n"
    assert parse_products(text) == [Product("Z9", "Lark Webcam", "Webcam"), Product("A1", "Harbour Dock")]


def test_one_part_number_may_be_listed_for_several_countries() -> None:
    assert len(parse_products("part_number,name,country\nZ9,Lark Webcam,DK\nZ9,Lark Webcam,SE\n")) == 2


def test_bad_rows_are_reported_together() -> None:
    with pytest.raises(BadFile) as refusal:
        parse_products("part_number,name\nZ9,\n,Dock\nA1,Dock\nA1,Dock again\n")
    assert [(bad.line, bad.column, bad.value) for bad in refusal.value.bad_cells] == [
        (2, "name", ""),
        (3, "part_number", ""),
        (5, "part_number", "A1"),
    ]


def test_the_promotion_s_own_list_can_be_read() -> None:
    products = read_products(Path("faq/products.csv"))
    assert 30 <= len(products) <= 40
    assert all(product.category and product.country for product in products)
