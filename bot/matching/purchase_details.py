"""What a message's details say of one purchase."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.core.purchase import Document, Purchase
from bot.matching.dates import FoundDate
from bot.matching.details import Details
from bot.matching.products import ProductMention

_DOCUMENTS_BY_WEIGHT = (
    Document.INVOICE,
    Document.RECEIPT,
    Document.ORDER_CONFIRMATION,
    Document.DELIVERY_NOTE,
    Document.NONE,
)


def read_purchase(details: Details, *, list_is_known: bool) -> Purchase:
    """The purchase as far as the message tells it; without the list nothing is said to be on it or not."""
    purchase = Purchase(
        seller=details.seller,
        seller_text=details.seller_text,
        buyer=details.buyer,
        quantity=details.quantities[0] if details.quantities else None,
        document=_document(details.documents),
    )
    return _with_product(_with_date(purchase, details.dates), details.products, list_is_known)


def _document(documents: Collection[Document]) -> Document | None:
    return next((document for document in _DOCUMENTS_BY_WEIGHT if document in documents), None)


def _with_date(purchase: Purchase, dates: Sequence[FoundDate]) -> Purchase:
    """The last date told: corrections and invoice dates come after what they correct."""
    told = [found for found in dates if not found.is_impossible]
    if not told:
        return purchase
    last = told[-1]
    if last.is_ambiguous:
        return replace(purchase, date_readings=last.readings[:2])
    return replace(purchase, bought_on=last.value, month=last.month if last.value is None else None)


def _with_product(purchase: Purchase, mentions: Sequence[ProductMention], list_is_known: bool) -> Purchase:
    """The first product that is certain, else near, else named; of a mere kind of product, which products it may be."""
    named = [mention for mention in mentions if not mention.generic]
    if not named:
        kinds = [product.name for mention in mentions for product in mention.close] if list_is_known else []
        return replace(purchase, kinds=tuple(dict.fromkeys(kinds)))
    mention = min(named, key=lambda found: (found.product is None, not found.close))
    if not list_is_known:
        return replace(purchase, product_text=mention.text)
    if mention.product is not None:
        return replace(purchase, product=mention.product.name, product_text=mention.text, listed=True)
    return replace(
        purchase, product_text=mention.text, listed=False, close=tuple(product.name for product in mention.close)
    )
