"""The way to the contact form, by the names it goes by."""

from __future__ import annotations

from bot.core.replies import Link
from bot.core.wording import Wording

CONTACT = "/contact"
CLICK_HERE = "CLICK HERE"
"""How the page's answers name it."""


def contact_form(wording: Wording) -> Link:
    """Named as the desk names it."""
    return Link(wording.say("contact_form"), CONTACT)
