"""Which details a masked message gives."""

from __future__ import annotations

import pytest

from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.turn_context import Given, given_by


@pytest.mark.parametrize(
    ("text", "purchase", "given"),
    [
        ("my number is ‹claim reference›", Purchase(), Given(claim=True)),
        ("write to ‹e-mail address›", Purchase(), Given(claim=True)),
        ("nothing of use", Purchase(), Given()),
        ("for the company", Purchase(buyer=Buyer.BUSINESS), Given(purchase_aside=True)),
        ("three", Purchase(quantity=3), Given(purchase_aside=True)),
        ("an invoice", Purchase(document=Document.INVOICE), Given(purchase_aside=True)),
        ("in a shop", Purchase(seller=Seller.SHOP), Given(purchase=True)),
    ],
)
def test_what_a_message_gives(text: str, purchase: Purchase, given: Given) -> None:
    assert given_by(text, purchase) == given
