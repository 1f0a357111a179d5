"""What reads details out of messages, kept up to date with the product list."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.core.promotion import ReferenceFormat
from bot.core.purchase import Purchase
from bot.matching.details import DetailReader
from bot.matching.purchase_details import read_purchase
from bot.services.ports import Product, Unavailable

REFRESH_SECONDS = 30.0


class PurchaseReader:
    """Text to what it tells of a purchase; products are those on the list now, or on it when it could last be read."""

    def __init__(
        self,
        reference_format: ReferenceFormat,
        vocabulary: Mapping[str, Any],
        products: Callable[[], Sequence[Product]],
    ) -> None:
        self._reference_format = reference_format
        self._vocabulary = vocabulary
        self._products = products
        self._known: Sequence[Product] | None = None
        self._read_at = float("-inf")
        self._reader = DetailReader(reference_format, (), vocabulary)

    def read(self, text: str, today: date) -> Purchase:
        """What the message tells of a purchase; whether a product is listed is unknown while the list cannot be read."""
        self._refresh()
        return read_purchase(self._reader.read(text, today), list_is_known=self._known is not None)

    def _refresh(self) -> None:
        if time.monotonic() - self._read_at < REFRESH_SECONDS:
            return
        self._read_at = time.monotonic()
        try:
            products = self._products()
        except Unavailable:
            return
        if products != self._known:
            self._known = products
            self._reader = DetailReader(self._reference_format, products, self._vocabulary)
