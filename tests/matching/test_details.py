"""One message tells many things; each is read with its type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.promotion import ReferenceFormat
from bot.core.purchase import Buyer, Document, Seller
from bot.matching.details import DetailReader, Details
from tests.product_lists import KEYBOARD_2, PRODUCTS, T24, WIRELESS_HEADSET, vocabulary
from tests.timing import processor_seconds

TODAY = date(2023, 12, 15)
READER = DetailReader(ReferenceFormat("LEN", 6), PRODUCTS, vocabulary())


def read(text: str) -> Details:
    return READER.read(text, TODAY)


def test_a_whole_purchase_in_one_message() -> None:
    details = read(
        "Our law firm got five Lenovo Go Wireless ANC Headsets from Dustin on the 14th of August. Claim len 77 14 02,"
        " Maja@Firm.example; we still have the invoice."
    )
    assert details.references == ("LEN-771402",)
    assert details.emails == ("maja@firm.example",)
    assert [found.value for found in details.dates] == [date(2023, 8, 14)]
    assert details.quantities == (5,)
    assert [found.product for found in details.products] == [WIRELESS_HEADSET]
    assert (details.seller, details.seller_text) == (Seller.ONLINE_SHOP, "Dustin")
    assert details.buyer is Buyer.BUSINESS
    assert details.documents == {Document.INVOICE}


def test_a_message_that_tells_nothing() -> None:
    assert read("how does this work?") == Details()


@pytest.mark.parametrize(
    ("typed", "seller"),
    [
        ("amazon", Seller.AMAZON), ("bought at Amazon.de", Seller.AMAZON), ("amazom", Seller.AMAZON),
        ("in a web shop", Seller.ONLINE_SHOP), ("from dustin.se", Seller.ONLINE_SHOP),
        ("hos Proshop", Seller.ONLINE_SHOP),
        ("we bought it online", Seller.ONLINE_SHOP), ("online", Seller.ONLINE_SHOP),
        ("i en netbutik", Seller.ONLINE_SHOP),
        ("Elgiganten in Odense", Seller.SHOP), ("at Power", Seller.SHOP), ("power", Seller.SHOP),
        ("a computer shop", Seller.SHOP),
        ("Elkjøp", Seller.SHOP), ("elgigantn", Seller.SHOP), ("i butikken", Seller.SHOP),
        ("our reseller", Seller.RESELLER), ("Atea", Seller.RESELLER), ("en forhandler", Seller.RESELLER),
        ("resellr", Seller.RESELLER),
        ("directly from a distributor", Seller.DISTRIBUTOR), ("Ingram Micro", Seller.DISTRIBUTOR),
        ("TD SYNNEX", Seller.DISTRIBUTOR),
        ("from Also", Seller.DISTRIBUTOR), ("a distibutor", Seller.DISTRIBUTOR), ("en grossist", Seller.DISTRIBUTOR),
        ("No, the distributor it was", Seller.DISTRIBUTOR), ("no it was a wholesaler", Seller.DISTRIBUTOR),
        ("directly from Lenovo", Seller.DIRECT), ("lenovo.com", Seller.DIRECT),
        ("second hand on dba.dk", Seller.PRIVATE_SELLER), ("blocket", Seller.PRIVATE_SELLER),
        ("from a friend", Seller.PRIVATE_SELLER),
        ("not Amazon but Komplett", Seller.ONLINE_SHOP), ("isn't Atea fine?", Seller.RESELLER),
        ("a shop, not a distributor", Seller.SHOP), ("I am not sure if Amazon counts", Seller.AMAZON),
        ("the distributor who normally serves shops", Seller.DISTRIBUTOR),
    ],
)  # fmt: skip
def test_the_seller_is_understood(typed: str, seller: Seller) -> None:
    assert read(typed).seller is seller


@pytest.mark.parametrize(
    "typed",
    ["not from a distributor", "it was never a reseller", "it also counts", "a power bank", "can I claim online?",
     "the online form", "finn it yourself", "ikke fra en distributør", "distribution of the money", "I was blocked"],
)  # fmt: skip
def test_no_seller_is_made_up(typed: str) -> None:
    assert read(typed).seller is None


@pytest.mark.parametrize(
    ("typed", "buyer"),
    [
        ("it's for my company", Buyer.BUSINESS), ("we are a dental clinic", Buyer.BUSINESS),
        ("til vores firma", Buyer.BUSINESS),
        ("för företaget", Buyer.BUSINESS), ("I'm self-employed", Buyer.BUSINESS),
        ("a small architects’ studio", Buyer.BUSINESS),
        ("privately", Buyer.PRIVATE), ("just me at home", Buyer.PRIVATE), ("som privatperson", Buyer.PRIVATE),
        ("we don't have a company", Buyer.PRIVATE), ("bought privately, not by the company", Buyer.PRIVATE),
        ("the company bought it, I use it at home", Buyer.BUSINESS),
        ("we are a reseller", Buyer.RESELLER), ("can our customers claim", Buyer.RESELLER),
        ("til videresalg", Buyer.RESELLER),
        ("our school", Buyer.PUBLIC), ("kommunen", Buyer.PUBLIC), ("a public library", Buyer.PUBLIC),
    ],
)  # fmt: skip
def test_the_buyer_is_understood(typed: str, buyer: Buyer) -> None:
    assert read(typed).buyer is buyer


@pytest.mark.parametrize("typed", ["hello", "the headset", "within 5 business days", "my private opinion"])
def test_no_buyer_is_made_up(typed: str) -> None:
    assert read(typed).buyer is None


@pytest.mark.parametrize(
    ("typed", "quantities"),
    [
        ("six headsets", (6,)), ("x4", (4,)), ("4 x", (4,)), ("4 stk", (4,)), ("4x T24i-30", (4,)),
        ("T24i-30 x 3", (3,)),
        ("a dozen keyboards", (12,)), ("half a dozen mice", (6,)), ("tre skærme", (3,)), ("två tangentbord", (2,)),
        ("seven", (7,)), ("12", (12,)), ("just one", (1,)), ("2 new monitors and 3 docks", (2, 3)), ("ten more", (10,)),
        ("all sixteen fit", (16,)), ("20 units", (20,)), ("antal: 5", (5,)), ("3 of them", (3,)),
        ("12 x 40TB0001EU", (12,)),
        ("2 ThinkPad TrackPoint Keyboard II", (2,)), ("fifteen products per claim", (15,)), ("100 monitors", (100,)),
    ],
)  # fmt: skip
def test_quantities_are_counted(typed: str, quantities: tuple[int, ...]) -> None:
    assert read(typed).quantities == quantities


@pytest.mark.parametrize(
    "typed",
    ["within 45 days", "two weeks ago", "for kr 300", "kr 3.150", "in 2023", "on 3 June", "LEN-771402",
    "P27h-20", "a headset",
     "TrackPoint Keyboard 2", "2 or 3 weeks", "thunderbolt 4 dock", "40TB0001EU", "50 kr", "the 12th"],
)  # fmt: skip
def test_other_numbers_are_no_quantities(typed: str) -> None:
    assert read(typed).quantities == ()


@pytest.mark.parametrize(
    ("typed", "documents"),
    [
        ("I have the invoice", {Document.INVOICE}), ("kun kvitteringen", {Document.RECEIPT}),
        ("the order confirmation and the delivery note", {Document.ORDER_CONFIRMATION, Document.DELIVERY_NOTE}),
        ("no receipt, only an order confirmation", {Document.ORDER_CONFIRMATION}),
        ("not an invoice but a packing slip", {Document.DELIVERY_NOTE}), ("en følgeseddel", {Document.DELIVERY_NOTE}),
        ("I lost the invoice", {Document.NONE}), ("we threw the receipt away", {Document.NONE}),
        ("without an invoice", {Document.NONE}),
        ("the invoice got lost", {Document.NONE}), ("har ingen faktura", {Document.NONE}),
        ("jag har tappat kvittot", {Document.NONE}),
        ("what is an invoice number", set()), ("fakturanummer", set()),
    ],
)  # fmt: skip
def test_documents_are_those_the_customer_has(typed: str, documents: set[Document]) -> None:
    assert read(typed).documents == documents


def test_a_date_is_no_version_and_a_version_no_date() -> None:
    details = read("keyboard ii, 2 nov, and T24i-30")
    assert [found.value for found in details.dates] == [date(2023, 11, 2)]
    assert [found.product for found in details.products][-1] == T24
    assert details.quantities == ()


def test_a_reference_that_looks_like_a_date_is_a_reference() -> None:
    details = read("len 12-10-23")
    assert details.references == ("LEN-121023",)
    assert details.dates == ()


def test_digits_alone_are_a_reference_only_if_asked_for() -> None:
    assert READER.read("771402", TODAY, bare_reference=True).references == ("LEN-771402",)
    assert read("771402").references == ()


def test_mentions_are_told_in_the_customers_own_characters() -> None:
    assert read("Ｔ24i–30").products[0].text == "Ｔ24i–30"
    assert read("a thinkpad trackpoint keyboard ii").products[0].product == KEYBOARD_2


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(read(text), Details)


def test_a_thousand_characters_are_read_quickly() -> None:
    text = (
        "We are a small office and bought two thinkvison T24i-30 monitors from Dustin on 3. juni 2023 for kr 3.150. "
        * 10
    )[:1000]
    assert processor_seconds(lambda: read(text), rounds=6) < 0.05  # about 0.008 s
