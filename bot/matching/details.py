"""Reads everything a message tells about a claim or a purchase, with its type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz.distance import OSA
from spacy.tokens import Doc, Span

from bot.core.folding import fold
from bot.core.promotion import ReferenceFormat
from bot.core.purchase import Buyer, Document, Seller
from bot.core.references import find_claim_references, find_email_addresses
from bot.matching import detail_pipeline as pipeline
from bot.matching.dates import FoundDate
from bot.matching.negation import is_missing, is_negated
from bot.matching.products import ProductFinder, ProductMention
from bot.matching.quantities import find_quantities
from bot.services.ports import Product

_SELLERS_BY_WEIGHT = (
    Seller.DISTRIBUTOR, Seller.PRIVATE_SELLER, Seller.DIRECT, Seller.AMAZON,
    Seller.ONLINE_SHOP, Seller.RESELLER, Seller.SHOP,
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{6,}")


@dataclass(frozen=True)
class Details:
    """What one message tells; everything in the order of the text."""

    references: tuple[str, ...] = ()
    """Claim references in their official spelling."""
    emails: tuple[str, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    quantities: tuple[int, ...] = ()
    products: tuple[ProductMention, ...] = ()
    seller: Seller | None = None
    seller_text: str | None = None
    """The customer's words for the seller."""
    buyer: Buyer | None = None
    documents: frozenset[Document] = frozenset()


class DetailReader:
    """Knows how references are written, the list of products and the vocabulary (``data/vocabulary.yml``)."""

    def __init__(
        self, reference_format: ReferenceFormat, products: Sequence[Product], vocabulary: Mapping[str, Any]
    ) -> None:
        self._reference_format = reference_format
        self._pipeline = pipeline.build_pipeline(vocabulary)
        self._finder = ProductFinder(products, vocabulary)
        self._seller_answers = {name.lower(): Seller(kind) for kind, name in _sellers(vocabulary)}
        self._seller_names = [
            (name.lower(), Seller(kind)) for kind, names in vocabulary.get("sellers", {}).items() for name in names
        ]
        self._ordinary = frozenset(str(vocabulary.get("ordinary_words", "")).lower().split())

    def read(self, text: str, today: date, *, bare_reference: bool = False) -> Details:
        """What the message tells; with ``bare_reference`` (it was asked for just now) digits alone are one."""
        references = find_claim_references(text, self._reference_format, bare=bare_reference)
        emails = find_email_addresses(text)
        taken = [(found.start, found.end) for found in references] + [(found.start, found.end) for found in emails]
        doc = self._pipeline.make_doc(fold(text))
        doc.user_data[pipeline.CONTEXT] = pipeline.Context(today, tuple(taken), self._finder)
        doc = self._pipeline(doc)
        dates: list[FoundDate] = doc.user_data[pipeline.DATES]
        products = _in_own_words(doc.user_data[pipeline.PRODUCTS], text)
        taken += [(found.start, found.end) for found in dates]
        seller, seller_text = self._seller(doc, text)
        return Details(
            references=tuple(found.value for found in references),
            emails=tuple(found.value for found in emails),
            dates=tuple(dates),
            quantities=tuple(found.value for found in find_quantities(text, products, taken)),
            products=tuple(products),
            seller=seller,
            seller_text=seller_text,
            buyer=_buyer(doc),
            documents=_documents(doc),
        )

    def _seller(self, doc: Doc, text: str) -> tuple[Seller | None, str | None]:
        answer = text.strip(" \n.,!?:;\"'").lower()
        if answer in self._seller_answers:
            return self._seller_answers[answer], text.strip()
        told = [span for span in doc.ents if span.label_ == pipeline.SELLER and not is_negated(span)]
        if told:
            span = min(told, key=lambda span: _SELLERS_BY_WEIGHT.index(Seller(span.ent_id_)))
            return Seller(span.ent_id_), pipeline.without_preposition(text[span.start_char : span.end_char])
        if any(span.label_ == pipeline.SELLER for span in doc.ents):
            return None, None
        return self._misspelt_seller(text)

    def _misspelt_seller(self, text: str) -> tuple[Seller | None, str | None]:
        for match in _WORD.finditer(text):
            word = match.group().lower()
            if word in self._ordinary:
                continue
            for name, seller in self._seller_names:
                slips = 2 if len(name) >= 10 else 1
                if len(name) >= 6 and " " not in name and OSA.distance(word, name, score_cutoff=slips) <= slips:
                    return seller, match.group()
        return None, None


def _sellers(vocabulary: Mapping[str, Any]) -> list[tuple[str, str]]:
    sections = (vocabulary.get("sellers", {}), vocabulary.get("sellers_after_preposition", {}))
    return [(kind, name) for section in sections for kind, names in section.items() for name in names]


def _in_own_words(mentions: Sequence[ProductMention], text: str) -> list[ProductMention]:
    """The pipeline read folded text; what is shown to the customer is what was typed."""
    return [
        ProductMention(
            text[found.start : found.end],
            found.start,
            found.end,
            found.product,
            found.close,
            found.score,
            found.generic,
        )
        for found in mentions
    ]


def _buyer(doc: Doc) -> Buyer | None:
    told = [span for span in doc.ents if span.label_ == pipeline.BUYER]
    kinds = {Buyer(span.ent_id_): span for span in reversed(told) if not is_negated(span)}
    for kind in (Buyer.RESELLER, Buyer.PUBLIC):
        if kind in kinds:
            return kind
    if Buyer.PRIVATE in kinds and (Buyer.BUSINESS not in kinds or _says_private(kinds[Buyer.PRIVATE])):
        return Buyer.PRIVATE
    if Buyer.BUSINESS in kinds:
        return Buyer.BUSINESS
    negated = {span.ent_id_ for span in told}
    return Buyer.PRIVATE if negated == {Buyer.BUSINESS.value} else None


def _says_private(span: Span) -> bool:
    return "privat" in span.text.lower()


def _documents(doc: Doc) -> frozenset[Document]:
    """Those the customer has; ``NONE`` alone if the message only says which are missing."""
    told = [span for span in doc.ents if span.label_ == pipeline.DOCUMENT]
    there = frozenset(Document(span.ent_id_) for span in told if not is_missing(span))
    return there or (frozenset((Document.NONE,)) if told else there)
