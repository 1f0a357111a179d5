"""What a customer does on the page without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Page


def say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile("#latest"))
