"""Purchases of every kind, for properties that hold for all."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from bot.core.purchase import Buyer, Document, Purchase, Seller

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
PURCHASES = st.builds(
    Purchase,
    product=st.none() | st.text(min_size=1),
    product_text=st.none() | st.text(min_size=1),
    listed=st.none() | st.booleans(),
    close=st.lists(st.text(min_size=1), max_size=3).map(tuple),
    bought_on=st.none() | DAYS,
    date_readings=st.just(()) | st.tuples(DAYS, DAYS),
    month=st.none() | st.tuples(st.integers(2000, 2100), st.integers(1, 12)),
    seller=st.none() | st.sampled_from(Seller),
    seller_text=st.none() | st.text(min_size=1),
    buyer=st.none() | st.sampled_from(Buyer),
    quantity=st.none() | st.integers(0, 500),
    document=st.none() | st.sampled_from(Document),
)
