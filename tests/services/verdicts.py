"""Purchases that are told apart, and what the desk says to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.core.purchase import Purchase
from bot.core.replies import Reply
from bot.core.wording import Wording
from bot.services.judge_purchase import judge_purchase
from tests.promotions import lenovo_like
from tests.purchases import GOOD

REPLIES = Path(__file__).parents[2] / "faq" / "replies"
TODAY = date(2023, 12, 12)
DISPUTED = replace(GOOD, bought_on=date(2023, 12, 5))
MISSPELT = Purchase(
    product_text="haldn dok",
    listed=False,
    close=("Halden Dock 7", "Halden Dock 8", "Halden Hub", "Halden Pen"),
)


def reply_to(purchase: Purchase, wording: Wording, *, today: date = TODAY, again: bool = False) -> Reply:
    (reply,) = judge_purchase(purchase, promotion=lenovo_like(), today=today, wording=wording, again=again)
    return reply
