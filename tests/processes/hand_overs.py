"""A customer hands over to customer service, and the ticket that comes of it."""

from __future__ import annotations

import sqlite3
import time

import httpx

from bot.web.limits import FILL_SECONDS
from tests.processes.running_desk import Customer, RunningDesk
from tests.sample_files import pdf
from tests.web.conftest import Page


def hand_over(customer: Customer, page: Page, **typed: str) -> httpx.Response:
    """Send the contact form with what is ticked, and an invoice."""
    hidden = {name: page.fields[name] for name in ("csrf", "form", "opened", "shown_until")}
    time.sleep(FILL_SECONDS)
    data = {**hidden, **typed, "keep": [id for name, id in page.ticked if name == "keep"]}
    return customer.browser.post("/contact", data=data, files={"files": ("invoice.pdf", pdf(), "application/pdf")})


def newest_ticket(desk: RunningDesk) -> tuple[str, str, str]:
    with sqlite3.connect(desk.database("desk")) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM tickets ORDER BY rowid DESC LIMIT 1").fetchone())
    return row["reference"], row["transcript"], row["answers"]
