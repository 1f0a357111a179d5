"""A purchase that meets every rule, and how it and others like it are judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.eligibility import Verdict, judge
from bot.core.purchase import Buyer, Purchase, Seller
from tests.promotions import lenovo_like, undisputed

PROMOTION = lenovo_like()
PROMOTIONS = (PROMOTION, undisputed())
TODAY = date(2023, 10, 9)
GOOD = Purchase(
    product="Halden Dock 7",
    listed=True,
    bought_on=date(2023, 8, 14),
    seller=Seller.SHOP,
    buyer=Buyer.BUSINESS,
)


def judged(today: date = TODAY, **told: object) -> Verdict:
    return judge(replace(GOOD, **told), PROMOTION, today)  # type: ignore[arg-type]
