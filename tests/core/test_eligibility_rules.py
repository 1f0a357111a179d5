"""What the seller, the buyer, the document and the quantity decide."""

from __future__ import annotations

import pytest

from bot.core.eligibility import Verdict
from bot.core.purchase import Buyer, Document, Seller
from bot.core.purchase_rules import Outcome, Rule
from tests.purchases import judged


def rule_outcome(verdict: Verdict, rule: Rule) -> Outcome | None:
    result = verdict.result(rule)
    return result.outcome if result else None


@pytest.mark.parametrize(
    ("seller", "outcome"),
    [
        (Seller.AMAZON, Outcome.HOLDS),
        (Seller.ONLINE_SHOP, Outcome.HOLDS),
        (Seller.SHOP, Outcome.HOLDS),
        (Seller.RESELLER, Outcome.HOLDS),
        (Seller.DISTRIBUTOR, Outcome.FAILS),
        (Seller.DIRECT, Outcome.OPEN),
        (Seller.PRIVATE_SELLER, Outcome.OPEN),
    ],
)
def test_every_kind_of_seller_has_its_outcome(seller: Seller, outcome: Outcome) -> None:
    assert rule_outcome(judged(seller=seller), Rule.SELLER) is outcome


@pytest.mark.parametrize(
    ("buyer", "outcome"),
    [
        (Buyer.BUSINESS, Outcome.HOLDS),
        (Buyer.PRIVATE, Outcome.FAILS),
        (Buyer.RESELLER, Outcome.OPEN),
        (Buyer.PUBLIC, Outcome.OPEN),
    ],
)
def test_every_kind_of_buyer_has_its_outcome(buyer: Buyer, outcome: Outcome) -> None:
    assert rule_outcome(judged(buyer=buyer), Rule.BUYER) is outcome


@pytest.mark.parametrize(
    ("document", "outcome", "entry"),
    [
        (Document.INVOICE, Outcome.HOLDS, "lost_invoice"),
        (Document.RECEIPT, Outcome.OPEN, "lost_invoice"),
        (Document.ORDER_CONFIRMATION, Outcome.FAILS, "invoice_vs_order_confirmation"),
        (Document.DELIVERY_NOTE, Outcome.FAILS, "invoice_vs_order_confirmation"),
        (Document.NONE, Outcome.FAILS, "lost_invoice"),
    ],
)
def test_every_document_has_its_outcome_and_entry(document: Document, outcome: Outcome, entry: str) -> None:
    result = judged(document=document).result(Rule.DOCUMENT)

    assert result is not None
    assert (result.outcome, result.entry) == (outcome, entry)


def test_a_wrong_document_is_told_apart_from_a_wrong_purchase() -> None:
    assert judged(document=Document.DELIVERY_NOTE).lacks_only_proof
    assert not judged(document=Document.DELIVERY_NOTE, buyer=Buyer.PRIVATE).lacks_only_proof
    assert not judged().lacks_only_proof


def test_more_products_than_one_claim_takes_need_several_claims() -> None:
    within, beyond, far_beyond = (judged(quantity=quantity).result(Rule.QUANTITY) for quantity in (15, 16, 31))

    assert within and beyond and far_beyond
    assert "claims" not in within.values
    assert (beyond.outcome, beyond.values["claims"], beyond.values["total"]) == (Outcome.HOLDS, 2, "kr 3.150")
    assert far_beyond.values["claims"] == 3
