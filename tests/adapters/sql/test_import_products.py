"""A list of products replaces the promotion's own, and no other."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.adapters.sql.import_products import ProductsImport, import_products
from bot.adapters.sql.products import SqlProducts
from bot.services.ports import Product

DOCK, WEBCAM = Product("A1", "Harbour Dock"), Product("Z9", "Lark Webcam")


def test_an_import_replaces_the_promotion_s_list_and_no_other(claims_engine: Engine) -> None:
    assert import_products(claims_engine, "spring", [DOCK, WEBCAM]) == ProductsImport(products=2, replaced=0)
    import_products(claims_engine, "autumn", [DOCK])
    assert import_products(claims_engine, "spring", [WEBCAM]) == ProductsImport(products=1, replaced=2)
    assert list(SqlProducts(claims_engine, "spring").all()) == [WEBCAM]
    assert list(SqlProducts(claims_engine, "autumn").all()) == [DOCK]


def test_an_empty_list_empties_it(claims_engine: Engine) -> None:
    import_products(claims_engine, "spring", [DOCK])
    assert import_products(claims_engine, "spring", []) == ProductsImport(products=0, replaced=1)
