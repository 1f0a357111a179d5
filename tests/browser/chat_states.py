"""Every state that the promotion's page and its chat can be brought into."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chat_page import Chat
from tests.processes import planted

PURCHASE = (
    "Our dental practice got a Lenovo Performance FHD Webcam at a computer shop on 5 December 2023, does it qualify?"
)


def closed(chat: Chat) -> None:
    """The page alone."""


def opened(chat: Chat) -> None:
    chat.open()


def topic(chat: Chat) -> None:
    chat.open().button("Payment").click()


def answered(chat: Chat) -> None:
    chat.open().say("How long does the payment take?")


def unsure(chat: Chat) -> None:
    chat.open().say("invoice")


def timeline(chat: Chat) -> None:
    chat.open().say(f"Where does my claim {planted.PAID.reference} stand? {planted.PAID.email}")


def verdict(chat: Chat) -> None:
    chat.open().say(PURCHASE)


def reasons(chat: Chat) -> None:
    chat.open().say("How long does the payment take?").get_by_role("button", name="No, not helpful").click()
    expect(chat.button("It is wrong")).to_be_visible()


def thanked(chat: Chat) -> None:
    chat.open().say("How long does the payment take?").get_by_role("button", name="Yes, helpful").click()
    expect(chat.panel.get_by_text("Thank you, this is noted.")).to_be_visible()


def writing(chat: Chat) -> None:
    chat.open().page.route("**/api/chat", lambda route: None)
    chat.field.fill("Hello")
    chat.field.press("Enter")
    expect(chat.panel.locator(".typing")).to_be_visible()


def unsent(chat: Chat) -> None:
    chat.open().page.context.set_offline(True)
    chat.field.fill("Hello")
    chat.field.press("Enter")
    expect(chat.panel.locator(".unsent")).to_be_visible()


def refused(chat: Chat) -> None:
    chat.open().page.route("**/api/chat", lambda route: route.fulfill(status=422, json={"error": {"message": "No."}}))
    chat.field.fill("Hello")
    chat.field.press("Enter")
    expect(chat.panel.get_by_role("alert")).to_be_visible()


def ending(chat: Chat) -> None:
    answered(chat)
    chat.button("End chat").click()


def ended(chat: Chat) -> None:
    answered(chat)
    chat.end()


def danish(chat: Chat) -> None:
    chat.open().panel.get_by_label("Language").select_option("da")
    expect(chat.panel).to_have_attribute("lang", "da")


def found(chat: Chat) -> None:
    chat.page.goto("/?q=invoice")


def not_found(chat: Chat) -> None:
    chat.page.goto("/?q=xyzzy")


STATES: tuple[Callable[[Chat], None], ...] = (
    closed, opened, topic, answered, unsure, timeline, verdict, reasons, thanked, writing, unsent, refused, ending,
    ended, danish, found, not_found,
)  # fmt: skip
