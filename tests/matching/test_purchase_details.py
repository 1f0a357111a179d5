"""What a message tells of a purchase."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.matching.dates import FoundDate
from bot.matching.details import Details
from bot.matching.products import ProductMention
from bot.matching.purchase_details import read_purchase
from tests.product_lists import HUB_2, TB_DOCK, USB_DOCK


def found(*days: date, month: tuple[int, int] | None = None) -> FoundDate:
    return FoundDate(0, 1, "…", value=days[0] if len(days) == 1 else None, readings=days, month=month)


def mention(text: str, **told: object) -> ProductMention:
    return ProductMention(text, 0, len(text), **told)  # type: ignore[arg-type]


LISTED = mention("tb dock", product=TB_DOCK)
NEAR = mention("usb dok", close=(USB_DOCK, TB_DOCK))
UNKNOWN = mention("Kestrel 9 lamp")
KIND = mention("a dock", close=(TB_DOCK,), generic=True)


def read(list_is_known: bool = True, **told: object) -> Purchase:
    return read_purchase(Details(**told), list_is_known=list_is_known)  # type: ignore[arg-type]


def test_a_message_that_tells_nothing_tells_nothing_of_a_purchase() -> None:
    assert read() == Purchase()


def test_seller_and_buyer_are_taken_as_they_were_read() -> None:
    purchase = read(seller=Seller.SHOP, seller_text="the shop in Ry", buyer=Buyer.PUBLIC)
    assert (purchase.seller, purchase.seller_text, purchase.buyer) == (Seller.SHOP, "the shop in Ry", Buyer.PUBLIC)


def test_of_several_quantities_the_first_counts() -> None:
    assert read(quantities=(4, 2)).quantity == 4


@pytest.mark.parametrize(
    ("documents", "document"),
    [
        (set(), None),
        ({Document.ORDER_CONFIRMATION, Document.INVOICE}, Document.INVOICE),
        ({Document.DELIVERY_NOTE, Document.RECEIPT}, Document.RECEIPT),
        ({Document.DELIVERY_NOTE, Document.ORDER_CONFIRMATION}, Document.ORDER_CONFIRMATION),
        ({Document.NONE}, Document.NONE),
    ],
)
def test_of_several_documents_the_best_counts(documents: set[Document], document: Document | None) -> None:
    assert read(documents=frozenset(documents)).document is document


def test_a_correction_comes_after_what_it_corrects() -> None:
    assert read(dates=(found(date(2023, 6, 1)), found(date(2023, 7, 2)))).bought_on == date(2023, 7, 2)


def test_a_date_with_two_readings_keeps_both() -> None:
    purchase = read(dates=(found(date(2023, 5, 10), date(2023, 10, 5)),))
    assert purchase.date_readings == (date(2023, 5, 10), date(2023, 10, 5))
    assert purchase.bought_on is None


def test_a_month_without_a_day_is_a_month() -> None:
    purchase = read(dates=(found(month=(2023, 10)),))
    assert (purchase.month, purchase.bought_on) == ((2023, 10), None)


def test_the_month_of_a_known_day_says_nothing_more() -> None:
    purchase = read(dates=(found(date(2023, 10, 5), month=(2023, 10)),))
    assert (purchase.bought_on, purchase.month) == (date(2023, 10, 5), None)


def test_a_day_that_does_not_exist_tells_nothing() -> None:
    assert read(dates=(found(),)) == Purchase()
    assert read(dates=(found(date(2023, 6, 1)), found())).bought_on == date(2023, 6, 1)


def test_a_product_of_the_list_has_its_official_name() -> None:
    assert read(products=(LISTED,)) == Purchase(product=TB_DOCK.name, product_text="tb dock", listed=True)


def test_a_product_near_one_of_the_list_is_offered_and_not_assumed() -> None:
    purchase = read(products=(NEAR,))
    assert (purchase.product, purchase.listed) == (None, False)
    assert purchase.close == (USB_DOCK.name, TB_DOCK.name)


def test_an_unknown_product_is_not_listed() -> None:
    assert read(products=(UNKNOWN,)) == Purchase(product_text="Kestrel 9 lamp", listed=False)


def test_a_mere_kind_of_product_tells_only_which_it_may_be() -> None:
    told = read(products=(KIND,))
    assert told == Purchase(kinds=(TB_DOCK.name,))
    assert not told.tells_product


def test_another_kind_of_product_is_not_the_one_talked_about() -> None:
    about_a_mouse = Purchase(product="Silent Mouse", listed=True, seller_text="a shop")
    after = about_a_mouse.merge(Purchase(kinds=("FHD Webcam",)))
    assert (after.product, after.listed, after.close) == (None, False, ("FHD Webcam",))
    assert after.seller_text == "a shop"
    assert about_a_mouse.merge(Purchase(kinds=("Loud Mouse", "Silent Mouse"))) == about_a_mouse


def test_the_certain_product_counts_for_more_than_the_near_and_that_for_more_than_the_unknown() -> None:
    assert read(products=(UNKNOWN, NEAR, KIND, LISTED)).product == TB_DOCK.name
    assert read(products=(UNKNOWN, NEAR)).close == (USB_DOCK.name, TB_DOCK.name)
    assert read(products=(LISTED, mention("hub", product=HUB_2))).product == TB_DOCK.name


@pytest.mark.parametrize("told", [LISTED, NEAR, UNKNOWN])
def test_without_the_list_nothing_is_said_to_be_on_it_or_not(told: ProductMention) -> None:
    assert read(list_is_known=False, products=(told,)) == Purchase(product_text=told.text)
