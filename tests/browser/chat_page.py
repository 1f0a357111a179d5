"""The promotion's page in a browser, and the chat on it, as a customer handles them."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

SECONDS = 15_000
"""Milliseconds, as Playwright counts: the longest wait for a reply."""


class Chat:
    """The chat component on a page or in a frame."""

    def __init__(self, page: Page | Frame) -> None:
        self.page = page
        self.launcher = page.locator("promo-chat .launcher")
        self.panel = page.locator("promo-chat dialog")
        self.field = self.panel.locator("#field")
        self.replies = self.panel.locator(".message.desk")
        self.own = self.panel.locator(".message.own")
        self.status = self.panel.locator(".unseen[role=status]")
        self.person = self.panel.get_by_role("link", name="Talk to a person")

    def open(self) -> Chat:
        self.launcher.click()
        expect(self.field).to_be_visible()
        return self

    def say(self, text: str) -> Locator:
        """Type and send; the first of the new replies."""
        before = self.replies.count()
        self.field.fill(text)
        self.field.press("Enter")
        return self.reply_after(before)

    def press(self, name: str | re.Pattern[str]) -> Locator:
        """Press a button of the chat that says something; the first of the new replies."""
        before = self.replies.count()
        self.button(name).click()
        return self.reply_after(before)

    def reply_after(self, count: int) -> Locator:
        first = self.replies.nth(count)
        expect(first).to_be_visible(timeout=SECONDS)
        expect(self.panel.locator(".typing")).to_be_hidden(timeout=SECONDS)
        return first

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.panel.get_by_role("button", name=name, exact=True).last

    def texts(self) -> list[str]:
        """What stands in the conversation, without thumbs and choices."""
        return [bubble.inner_text() for bubble in self.panel.locator(".message .bubble").all()]

    def end(self) -> None:
        self.button("End chat").click()
        self.button("Yes, end it").click()
        expect(self.own).to_have_count(0)


def history_of(page: Page) -> list[dict[str, Any]]:
    """What the desk has kept of the page's own conversation."""
    return page.request.get("/api/chat/history").json()["messages"]


def focused(page: Page) -> str:
    """What has the keyboard, by its accessible name, its text or its tag, through shadow roots."""
    return page.evaluate(
        """() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at?.getAttribute('aria-label') || at?.labels?.[0]?.textContent || at?.textContent.trim() || at?.tagName;
        }"""
    )


def reach(page: Page, name: str, key: str = "Tab") -> None:
    """Press the key until something whose name begins so has the keyboard."""
    for _ in range(40):
        if " ".join(focused(page).split()).startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard never comes to {name!r}, last to {focused(page)!r}")
