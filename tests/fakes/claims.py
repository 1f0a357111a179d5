"""The ports to claims and products, over lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.claims import Claim
from bot.services.ports import Product, Unavailable


class FakeClaims:
    """The ``Claims`` port over a list; ``is_down`` makes it unavailable."""

    def __init__(self, claims: Iterable[Claim] = (), *, is_down: bool = False) -> None:
        self._claims = {claim.reference: claim for claim in claims}
        self.is_down = is_down
        self.asked_for: list[str] = []

    def find(self, reference: str) -> Claim | None:
        self.asked_for.append(reference)
        if self.is_down:
            raise Unavailable("the claims database is down")
        return self._claims.get(reference)


class FakeProducts:
    """The ``Products`` port over a list; ``is_down`` makes it unavailable."""

    def __init__(self, products: Iterable[Product] = (), *, is_down: bool = False) -> None:
        self._products = tuple(products)
        self.is_down = is_down

    def all(self) -> Sequence[Product]:
        if self.is_down:
            raise Unavailable("the claims database is down")
        return self._products
