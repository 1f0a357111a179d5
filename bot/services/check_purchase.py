"""Judge a purchase that an agent has typed into a form, by the very rules and words of the chat."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TypeVar

from bot.core.cards import RuleList
from bot.core.plain_text import one_line
from bot.core.product_names import close_names, exact_name
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.replies import Button, Reply
from bot.services.ask_for_purchase import CLOSE_NAMES_OFFERED
from bot.services.claims_desk import ClaimsDesk
from bot.services.judge_purchase import judge_purchase
from bot.services.ports import Product, Unavailable

FIELDS = ("product", "country", "bought_on", "seller", "buyer", "quantity", "document")
CHOICE = "choice"
"""The field of the button that names one of the products that may be meant: ``product:`` and its name, or no name."""
LONGEST_FIELD = 200
UNRECOGNISED = "unrecognised"
"""A seller that the page does not speak of."""
_PRODUCT = "product:"
_Choice = TypeVar("_Choice", bound=Enum)


@dataclass(frozen=True)
class PurchaseCheck:
    """The form as it was understood, and what comes of it."""

    typed: Mapping[str, str]
    """Every field, with the product's official name where it is known."""
    products: Sequence[Product]
    """The list; empty while it cannot be read."""
    problems: frozenset[str] = frozenset()
    """The fields that cannot be read."""
    close: tuple[str, ...] = ()
    """The listed names that may be meant, as long as none is for certain."""
    elsewhere: tuple[str, ...] = ()
    """The countries whose list has the product, where the chosen one's has not."""
    reply: Reply | None = None
    """The verdict or what is still needed, as the chat says it; None before anything was typed, or with problems."""

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(product.country for product in self.products if product.country))

    @property
    def rules(self) -> RuleList | None:
        """The verdict rule by rule."""
        return self.reply.card if self.reply and isinstance(self.reply.card, RuleList) else None

    @property
    def paragraphs(self) -> tuple[str, str]:
        """What is said before the rules, and what after them."""
        if self.reply is None:
            return "", ""
        if self.rules is None:
            return self.reply.text, ""
        before, _, after = self.reply.text.partition(self.rules.paragraph)
        return before.strip(), after.strip()

    @property
    def choices(self) -> tuple[Button, ...]:
        """The products that may be meant; also beside a verdict that does without the product."""
        if self.reply and self.reply.buttons:
            return self.reply.buttons
        names = (*self.close[:CLOSE_NAMES_OFFERED], "") if self.close else ()
        return tuple(Button(name or "None of these", f"{_PRODUCT}{name}") for name in names)


def check_purchase(given: Mapping[str, str], *, desk: ClaimsDesk) -> PurchaseCheck:
    """The verdict on what the form says; empty fields have not been told. A list that cannot be read leaves its rule open."""
    typed = {name: one_line(given.get(name, ""))[:LONGEST_FIELD] for name in FIELDS}
    choice = one_line(given.get(CHOICE, ""))
    try:
        products, is_known = desk.products.all(), True
    except Unavailable:
        products, is_known = (), False
    if choice.startswith(_PRODUCT):
        typed["product"] = choice.removeprefix(_PRODUCT) or typed["product"]
    problems = _problems(typed)
    if problems or not any(typed.values()):
        return PurchaseCheck(typed, products, problems)
    purchase = _told(typed).merge(_product(typed, products if is_known else None, is_refused=choice == _PRODUCT))
    reply = judge_purchase(purchase, promotion=desk.promotion, today=desk.clock.today(), wording=desk.wording)[0]
    return PurchaseCheck(
        typed | ({"product": purchase.product} if purchase.product else {}),
        products,
        close=purchase.close,
        elsewhere=_elsewhere(typed, products) if purchase.listed is False else (),
        reply=reply,
    )


def _problems(typed: Mapping[str, str]) -> frozenset[str]:
    readable = {
        "bought_on": _date(typed["bought_on"]),
        "quantity": _quantity(typed["quantity"]),
        "seller": typed["seller"] == UNRECOGNISED or _one_of(Seller, typed["seller"]),
        "buyer": _one_of(Buyer, typed["buyer"]),
        "document": _one_of(Document, typed["document"]),
    }
    return frozenset(name for name, value in readable.items() if typed[name] and not value)


def _told(typed: Mapping[str, str]) -> Purchase:
    """Everything but the product."""
    return Purchase(
        bought_on=_date(typed["bought_on"]),
        seller=_one_of(Seller, typed["seller"]),
        seller_text=UNRECOGNISED if typed["seller"] == UNRECOGNISED else None,
        buyer=_one_of(Buyer, typed["buyer"]),
        quantity=_quantity(typed["quantity"]),
        document=_one_of(Document, typed["document"]),
    )


def _product(typed: Mapping[str, str], products: Sequence[Product] | None, *, is_refused: bool) -> Purchase:
    """What is known of the product; ``products`` is None while the list cannot be read."""
    text = typed["product"]
    if not text:
        return Purchase()
    if products is None:
        return Purchase(product_text=text)
    listed = [product for product in products if not typed["country"] or product.country == typed["country"]]
    name = _official(text, listed)
    if name:
        return Purchase(product=name, product_text=text, listed=True)
    told = Purchase(product_text=text, listed=False)
    if is_refused or _official(text, products):
        return told
    return replace(told, close=close_names(text, [product.name for product in listed]))


def _official(text: str, products: Sequence[Product]) -> str | None:
    """The listed name for a name or a part number."""
    numbered = {product.part_number.casefold(): product.name for product in products}
    return numbered.get(text.casefold()) or exact_name(text, [product.name for product in products])


def _elsewhere(typed: Mapping[str, str], products: Sequence[Product]) -> tuple[str, ...]:
    name = _official(typed["product"], products)
    countries = (product.country for product in products if name and product.name == name)
    return tuple(dict.fromkeys(countries)) if typed["country"] else ()


def _one_of(kind: type[_Choice], value: str) -> _Choice | None:
    return next((one for one in kind if one.value == value), None)


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _quantity(written: str) -> int | None:
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written) and int(written) else None
