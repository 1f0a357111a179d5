"""A gap that tests propose something for: customers ask for gift cards."""

from __future__ import annotations

import re

from bot.core.gap_groups import key_of
from tests.web.desk.conftest import AgentBrowser

GIFTS = "gift cards possible?"
KEY = key_of(GIFTS)
ENTRY = {
    "way": "entry", "section": "payment", "question": "Can I get a gift card?", "answer": "No, the discount is paid to your account."
}  # fmt: skip


def proposed(lead: AgentBrowser, **typed: str) -> int:
    """A proposal made of the gap about gift cards; its number."""
    fields = {f"take-{KEY}": "1", f"words-{KEY}": "can I have a gift card", **ENTRY, **typed}
    answer = lead.submit(f"/desk/gaps/{KEY}", **fields)
    assert answer.status_code == 303, re.findall(r"<li>.*?</li>", answer.text)
    found = re.fullmatch(r"/desk/gaps/proposals/(\d+)\?done=made", answer.headers["location"])
    assert found
    return int(found[1])
