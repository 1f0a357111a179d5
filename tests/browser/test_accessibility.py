"""Usable by everybody: what is read out, small screens, zoom, less motion, other languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import Chat
from tests.browser.chat_states import PURCHASE, danish, writing
from tests.browser.conftest import Visits


def test_the_log_tells_what_is_added_and_who_said_it(chat: Chat) -> None:
    chat.say("How long does the payment take?")

    log = chat.panel.get_by_role("log")
    expect(log).to_have_count(1)
    items = [" ".join((item.text_content() or "").split()) for item in log.locator("> ol > li").all()]
    assert items[0].startswith("You: How long")
    assert items[1].startswith("Assistant: The payment")
    expect(log.get_by_text("The assistant is writing")).to_have_count(0)


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": {"width": 320, "height": 640}},
        {"viewport": {"width": 320, "height": 256}},
        {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    ],
    ids=["320 px", "320 × 256 px", "200 % of 1280 × 800"],
)
def test_nothing_is_cut_off_on_small_screens_or_when_enlarged(visits: Visits, options: dict[str, Any]) -> None:
    page = visits.page(**options)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    chat = Chat(page).open()
    chat.say(PURCHASE)

    wider = page.evaluate(
        """() => [...document.querySelector('promo-chat').shadowRoot.querySelectorAll('dialog, dialog *')]
          .filter((one) => !one.closest('.unseen, select') && one.getBoundingClientRect().width > 0)
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert wider == []
    for control in (chat.field, chat.person, chat.button("End chat"), chat.button("Close the chat")):
        expect(control).to_be_in_viewport(ratio=1)


def test_everything_to_press_is_large_enough(chat: Chat) -> None:
    chat.say("invoice")
    chat.say("How long does the payment take?").get_by_role("button", name="No, not helpful").click()

    sizes = chat.panel.locator("button, select, textarea, .way, .links a").evaluate_all(
        """(all) => all.map((one) => [one.textContent || one.ariaLabel, one.getBoundingClientRect()])
          .filter(([, { width }]) => width > 0).map(([name, { width, height }]) => [name, width, height])"""
    )
    assert len(sizes) > 12
    assert [size for size in sizes if size[1] < 43.9 or size[2] < 43.9] == []


def test_who_wants_no_motion_gets_none(visits: Visits) -> None:
    page = visits.page(reduced_motion="reduce")
    chat = Chat(page)
    writing(chat)

    assert chat.panel.locator(".typing i").first.evaluate("(dot) => getComputedStyle(dot).animationName") == "none"


def test_in_a_language_from_right_to_left_everything_changes_sides(page: Page) -> None:
    words = page.request.get("/api/chat/interface").json() | {"direction": "rtl"}
    page.route("**/api/chat/interface*", lambda route: route.fulfill(json=words))
    page.evaluate("document.documentElement.dir = 'rtl'")
    chat = Chat(page)
    assert chat.launcher.bounding_box()["x"] < 100

    chat.open().say("How long does the payment take?")

    panel = chat.panel.bounding_box()
    assert panel["x"] < 100
    assert chat.own.first.bounding_box()["x"] < chat.replies.first.bounding_box()["x"]
    assert chat.button("Send").bounding_box()["x"] < chat.field.bounding_box()["x"]
    assert chat.button("Close the chat").bounding_box()["x"] < panel["x"] + 80


def test_a_reply_of_the_desk_is_marked_as_english_in_another_language(chat: Chat) -> None:
    danish(chat_closed(chat))

    reply = chat.say("How long does the payment take?")

    expect(reply.locator(".bubble")).to_have_attribute("lang", "en")


def chat_closed(chat: Chat) -> Chat:
    chat.page.keyboard.press("Escape")
    return chat
