"""The spaCy pipeline behind the details: sentences, words of the vocabulary as entities, then dates and products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.matching.dates import find_dates
from bot.matching.products import ProductFinder

SELLER, BUYER, DOCUMENT = "seller", "buyer", "document"
CONTEXT, DATES, PRODUCTS = "context", "dates", "products"
"""Keys of ``Doc.user_data``: the first is given, the others are filled."""

_MISLEADING = "misleading"
_ENDINGS_OF_SITES = (".com", ".dk", ".se", ".no", ".fi", ".eu", ".de")
_PREPOSITIONS = ("from", "at", "by", "via", "through", "with", "hos", "fra", "från", "i", "på", "ved")


@dataclass(frozen=True)
class Context:
    """What the components need beside the text."""

    today: date
    taken: Sequence[tuple[int, int]]
    """Spans that are read already: references and addresses."""
    finder: ProductFinder


@Language.component("desk_dates")  # type: ignore[untyped-decorator]
def _read_dates(doc: Doc) -> Doc:
    context: Context = doc.user_data[CONTEXT]
    doc.user_data[DATES] = find_dates(doc.text, context.today, context.taken)
    return doc


@Language.component("desk_products")  # type: ignore[untyped-decorator]
def _read_products(doc: Doc) -> Doc:
    context: Context = doc.user_data[CONTEXT]
    dated = [(found.start, found.end) for found in doc.user_data[DATES]]
    doc.user_data[PRODUCTS] = context.finder.find(doc.text, [*context.taken, *dated])
    return doc


def build_pipeline(vocabulary: Mapping[str, Any]) -> Language:
    """A blank English pipeline with the vocabulary's words and our own components."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(list(_patterns(vocabulary)))
    nlp.add_pipe("desk_dates")
    nlp.add_pipe("desk_products")
    return nlp


def _patterns(vocabulary: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for label, section in ((SELLER, "sellers"), (BUYER, "buyers"), (DOCUMENT, "documents")):
        for kind, phrases in vocabulary.get(section, {}).items():
            for phrase in _with_sites(phrases) if label == SELLER else phrases:
                yield {"label": label, "id": kind, "pattern": phrase}
    for kind, names in vocabulary.get("sellers_after_preposition", {}).items():
        for name in names:
            yield from (
                {"label": SELLER, "id": kind, "pattern": f"{preposition} {name}"} for preposition in _PREPOSITIONS
            )
    for phrase in vocabulary.get("misleading", ()):
        yield {"label": _MISLEADING, "id": _MISLEADING, "pattern": phrase}


def _with_sites(names: Sequence[str]) -> Iterator[str]:
    """A shop's name and its sites: Komplett, komplett.no."""
    for name in names:
        yield name
        if name.isalnum() and name[0].isupper():
            yield from (name.lower() + ending for ending in _ENDINGS_OF_SITES)


def without_preposition(phrase: str) -> str:
    """ "at Power" names Power."""
    first, _, rest = phrase.partition(" ")
    return rest if rest and first.lower() in _PREPOSITIONS else phrase
