"""The vocabulary's kinds are those the desk knows."""

from __future__ import annotations

from bot.core.purchase import Buyer, Document, Seller
from tests.product_lists import vocabulary


def test_every_kind_is_one_the_rules_know() -> None:
    content = vocabulary()
    assert {Seller(kind) for kind in content["sellers"]} == set(Seller)
    assert {Seller(kind) for kind in content["sellers_after_preposition"]} <= set(Seller)
    assert {Buyer(kind) for kind in content["buyers"]} == set(Buyer)
    assert {Document(kind) for kind in content["documents"]} == set(Document) - {Document.NONE}


def test_no_word_stands_for_two_sellers_or_two_buyers() -> None:
    for section in ("sellers", "buyers", "documents"):
        words = [word.lower() for words in vocabulary()[section].values() for word in words]
        assert sorted(words) == sorted(set(words)), section
