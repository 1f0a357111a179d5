"""What a customer has told about one purchase, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

TOLD = "purchase"
"""The key under which what one message tells of a purchase travels with it to the actions."""


class Seller(str, Enum):
    """Whom it was bought from."""

    AMAZON = "amazon"
    ONLINE_SHOP = "online_shop"
    SHOP = "shop"
    RESELLER = "reseller"
    DISTRIBUTOR = "distributor"
    DIRECT = "direct"
    """The manufacturer itself."""
    PRIVATE_SELLER = "private_seller"


class Buyer(str, Enum):
    """Whom it was bought for."""

    BUSINESS = "business"
    PRIVATE = "private"
    RESELLER = "reseller"
    PUBLIC = "public"
    """A school, a municipality, a public office."""


class Document(str, Enum):
    """What the customer can show for it."""

    INVOICE = "invoice"
    ORDER_CONFIRMATION = "order_confirmation"
    DELIVERY_NOTE = "delivery_note"
    RECEIPT = "receipt"
    NONE = "none"
    """Nothing at all, for example because the invoice is lost."""


@dataclass(frozen=True)
class Purchase:
    """One purchase; whatever has not been told is None or empty."""

    product: str | None = None
    """The official name, as the list has it."""
    product_text: str | None = None
    """The customer's words for it."""
    listed: bool | None = None
    close: tuple[str, ...] = ()
    """Official names near the customer's words, nearest first."""
    kinds: tuple[str, ...] = ()
    """Official names of the kind of product that was mentioned without a name (the webcam)."""
    bought_on: date | None = None
    date_readings: tuple[date, ...] = ()
    """The two days that a date such as 10/5 can mean."""
    month: tuple[int, int] | None = None
    """Year and month, where no day was told."""
    seller: Seller | None = None
    seller_text: str | None = None
    buyer: Buyer | None = None
    quantity: int | None = None
    document: Document | None = None

    @property
    def tells_product(self) -> bool:
        return bool(self.product or self.product_text or self.listed is not None or self.close)

    @property
    def tells_date(self) -> bool:
        return bool(self.bought_on or self.date_readings or self.month)

    @property
    def tells_seller(self) -> bool:
        return bool(self.seller or self.seller_text)

    def merge(self, newer: Purchase) -> Purchase:
        """This purchase with what was told later: a subject told anew replaces all that was known of it, the rest stays."""
        merged = self
        if newer.kinds and self.product and self.product not in newer.kinds and not newer.tells_product:
            # Of another kind than the product talked about: it is not that one any more, but which it is was not told.
            merged = replace(merged, product=None, product_text=None, listed=False, close=newer.kinds)
        if newer.tells_product:
            merged = replace(
                merged,
                product=newer.product,
                product_text=newer.product_text or self.product_text,
                listed=newer.listed,
                close=newer.close,
            )
        if newer.tells_date:
            dated = self._on_the_day_in(newer.month) or newer
            merged = replace(merged, bought_on=dated.bought_on, date_readings=dated.date_readings, month=dated.month)
        if newer.tells_seller:
            merged = replace(merged, seller=newer.seller, seller_text=newer.seller_text)
        return replace(
            merged,
            buyer=newer.buyer or self.buyer,
            quantity=self.quantity if newer.quantity is None else newer.quantity,
            document=newer.document or self.document,
        )

    def _on_the_day_in(self, month: tuple[int, int] | None) -> Purchase | None:
        """ "In October", said after "10/5", settles which day was meant."""
        known = (self.bought_on,) if self.bought_on else self.date_readings
        fitting = [day for day in known if (day.year, day.month) == month]
        return Purchase(bought_on=fitting[0]) if len(fitting) == 1 else None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; ``from_dict`` is its inverse."""
        return {
            "product": self.product,
            "product_text": self.product_text,
            "listed": self.listed,
            "close": list(self.close),
            "kinds": list(self.kinds),
            "bought_on": self.bought_on.isoformat() if self.bought_on else None,
            "date_readings": [day.isoformat() for day in self.date_readings],
            "month": list(self.month) if self.month else None,
            "seller": self.seller.value if self.seller else None,
            "seller_text": self.seller_text,
            "buyer": self.buyer.value if self.buyer else None,
            "quantity": self.quantity,
            "document": self.document.value if self.document else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Purchase:
        """Read what ``as_dict`` wrote, keys left out included; raises ``ValueError`` for values that cannot be."""
        month = data.get("month")
        return cls(
            product=data.get("product"),
            product_text=data.get("product_text"),
            listed=data.get("listed"),
            close=tuple(data.get("close") or ()),
            kinds=tuple(data.get("kinds") or ()),
            bought_on=date.fromisoformat(data["bought_on"]) if data.get("bought_on") else None,
            date_readings=tuple(date.fromisoformat(day) for day in data.get("date_readings") or ()),
            month=(month[0], month[1]) if month else None,
            seller=Seller(data["seller"]) if data.get("seller") else None,
            seller_text=data.get("seller_text"),
            buyer=Buyer(data["buyer"]) if data.get("buyer") else None,
            quantity=data.get("quantity"),
            document=Document(data["document"]) if data.get("document") else None,
        )
