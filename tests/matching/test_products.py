"""Products on the list are recognised in spite of their spelling, and none is taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.products import ProductFinder, ProductMention
from bot.services.ports import Product
from tests.product_lists import (
    ESSENTIAL_WEBCAM,
    HUB_2,
    HYBRID_DOCK,
    KEYBOARD_2,
    P27,
    PRODUCTS,
    T24,
    TB_DOCK,
    USB_DOCK,
    VERTICAL_MOUSE,
    WIRELESS_HEADSET,
    vocabulary,
)

FINDER = ProductFinder(PRODUCTS, vocabulary())


def only(text: str, finder: ProductFinder = FINDER) -> ProductMention:
    found = finder.find(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_listed_name_and_part_number_is_its_product(product: Product) -> None:
    assert only(f"is the {product.name} ok?").product == product
    assert only(product.name.upper()).product == product
    assert only(f"we have {product.part_number.lower()} here").product == product
    assert only(f"{product.part_number[:4]}-{product.part_number[4:]}").product == product


@pytest.mark.parametrize(
    ("typed", "product"),
    [
        ("a thinkpad trakpoint keybord ii", KEYBOARD_2),
        ("thinkpad keyboard II trackpoint", KEYBOARD_2),
        ("ThinkPad TrackPoint Keyboard 2", KEYBOARD_2),
        ("trackpoint keyboard 2nd gen", KEYBOARD_2),
        ("lenvo go wireless anc hedset", WIRELESS_HEADSET),
        ("four Lenovo Go Wireless ANC Headsets", WIRELESS_HEADSET),
        ("go wireless noise cancelling headphones", WIRELESS_HEADSET),
        ("thinkvision p27h-20", P27),
        ("P27h20 skærm", P27),
        ("thinkvison P27h 20 monitr", P27),
        ("T24i-30", T24),
        ("universal thunderbolt 4 docking station", TB_DOCK),
        ("thinkpaddock universal thunderbolt 4", TB_DOCK),
        ("usb c smart dock thinkpad universal", USB_DOCK),
        ("Thinkpad Hybrid USB-C w/ USB-A dock", HYBRID_DOCK),
        ("essential full hd web cam", ESSENTIAL_WEBCAM),
        ("lenovo usbc travel hub gen2", HUB_2),
        ("go trådløs vertical mus", VERTICAL_MOUSE),
    ],
)
def test_spelling_order_plural_and_missing_words_are_forgiven(typed: str, product: Product) -> None:
    found = only(f"I bought {typed}")
    assert found.product == product
    assert found.close == ()


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("ThinkPad TrackPoint Keyboard", KEYBOARD_2),
        ("ThinkPad TrackPoint Keyboard 3", KEYBOARD_2),
        ("lenovo travel hub gen 1", HUB_2),
        ("ThinkVision P27h-30", P27),
        ("ThinkVision T24", T24),
        ("universal thunderbolt 3 dock", TB_DOCK),
        ("Lenovo Go Wired ANC Headset", WIRELESS_HEADSET),
        ("Lenovo Go ANC Headset", WIRELESS_HEADSET),
        ("4Y40X00008", KEYBOARD_2),
        ("4Y40X00070", KEYBOARD_2),
    ],
)
def test_another_version_is_asked_about_and_never_taken(typed: str, near: Product) -> None:
    found = only(typed)
    assert found.product is None
    assert near in found.close
    assert not found.generic


def test_several_names_equally_near_are_offered() -> None:
    found = only("a thinkpad dock")
    assert found.product is None
    assert set(found.close) == {TB_DOCK, USB_DOCK, HYBRID_DOCK}


@pytest.mark.parametrize(
    ("typed", "mention"),
    [
        ("a Logitech MX Master 3 from Dustin", "Logitech MX Master 3"),
        ("my ThinkPad X1 Carbon", "ThinkPad X1 Carbon"),
        ("legion gaming mouse", "legion gaming mouse"),
        ("part 4X30M56887", "4X30M56887"),
        ("a Lenovo Yoga tablet pen", "Lenovo Yoga tablet pen"),
        ("does a jabra evolve2 headset count", "jabra evolve2 headset"),
        ("our new Legion 5 laptop", "Legion 5 laptop"),
        ("the ThinkSmart View", "ThinkSmart View"),
    ],
)
def test_a_product_that_is_not_listed_is_still_a_mention(typed: str, mention: str) -> None:
    found = only(typed)
    assert found.text == mention
    assert found.product is None
    assert not found.generic


@pytest.mark.parametrize(
    "typed",
    ["a monitor", "webcam", "two docks", "skærmen", "mit tastatur", "tangentbordet", "høretelefoner", "musen",
    "skjermer",
     "docking station", "the second webcam", "a lenovo headset", "laptop bag", "en bärbar dator"],
)  # fmt: skip
def test_a_kind_of_product_alone_is_generic(typed: str) -> None:
    found = only(typed)
    assert found.generic
    assert found.product is None


@pytest.mark.parametrize(
    "typed",
    [
        "where does Lenovo pay to", "I paid 300 for the table and the house", "is that ok", "the old one on the left",
        "LEN-771402", "can we charge it to the company", "how long does it take", "med venlig hilsen",
        "docs and documents",
        "we go with that then", "you may be able to", "I lost the receipt", "what happens in January",
    ],
)  # fmt: skip
def test_ordinary_sentences_hold_no_product(typed: str) -> None:
    assert FINDER.find(typed) == []


def test_two_products_are_two_mentions() -> None:
    found = FINDER.find("an essential fhd webcam, two T24i-30 and a keyboard")
    assert [mention.product for mention in found] == [ESSENTIAL_WEBCAM, T24, None]


def test_same_name_in_two_countries_is_one_product() -> None:
    danish, swedish = Product("40AA0001DK", "ThinkPad Slim Dock"), Product("40AA0001SE", "ThinkPad Slim Dock")
    assert only("thinkpad slim dock", ProductFinder([danish, swedish], vocabulary())).product == danish


def test_taken_spans_belong_to_no_product() -> None:
    text = "keyboard 2 oct"
    assert FINDER.find(text, taken=[(9, 14)])[0].text == "keyboard"


def test_an_empty_list_still_finds_mentions() -> None:
    assert only("a ThinkPad dock", ProductFinder([], vocabulary())).product is None


@given(st.sampled_from([product for product in PRODUCTS if product is not P27]), st.data())
def test_one_slip_in_a_long_word_never_makes_another_product(product: Product, data: st.DataObject) -> None:
    words = product.name.split()
    long = data.draw(
        st.sampled_from([place for place, word in enumerate(words) if len(word) >= 7 and word.isalpha()] or [0])
    )
    place = data.draw(st.integers(1, len(words[long]) - 2))
    words[long] = words[long][:place] + words[long][place + 1 :]
    for found in FINDER.find(" ".join(words)):
        assert found.product in (product, None)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for found in FINDER.find(text):
        assert text[found.start : found.end] == found.text
        assert len(found.close) <= 3
