"""Whose conversation is shown where: reloads, tabs, other browsers, the end."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.chat_page import Chat, history_of
from tests.processes import planted


def test_after_a_reload_everything_stands_there_again(chat: Chat) -> None:
    chat.say(f"Where does my claim {planted.PAID.reference} stand? {planted.PAID.email}")
    chat.say("invoice")
    before = [text for text in chat.texts() if planted.PAID.reference not in text and "‹" not in text]

    chat.page.reload()

    expect(chat.field).to_be_visible()
    expect(chat.panel.locator(".steps")).to_be_visible()
    assert [text for text in chat.texts() if planted.PAID.reference not in text and "‹" not in text] == before
    chat.press(chat.panel.locator(".choices button").first.inner_text())


def test_a_reload_leaves_the_keyboard_to_the_page(chat: Chat) -> None:
    chat.page.reload()

    expect(chat.field).to_be_visible()
    assert chat.page.evaluate("document.activeElement.tagName") == "BODY"


def test_a_chat_that_was_closed_stays_closed(chat: Chat) -> None:
    chat.button("Close the chat").click()
    expect(chat.launcher).to_be_focused()

    chat.page.reload()

    chat.page.wait_for_load_state("networkidle")
    expect(chat.launcher).to_be_visible()
    expect(chat.panel).to_have_count(0)


def test_what_is_said_in_one_tab_stands_in_the_other(chat: Chat) -> None:
    second = chat.page.context.new_page()
    second.goto("/")
    other = Chat(second).open()

    chat.say("How long does the payment take?")

    expect(other.replies).to_have_count(1)
    assert other.texts() == chat.texts()
    other.say("Can I have it in cash?")
    expect(chat.replies).to_have_count(other.replies.count())
    assert other.texts() == chat.texts()


def test_two_browsers_never_see_each_other(chat: Chat, other_browser: Callable[[], Chat]) -> None:
    chat.say("My claim is LEN-730418 and my dog is called Bella")
    other = other_browser()

    other.say("How long does the payment take?")

    assert "Bella" not in " ".join(other.texts())
    assert all("Bella" not in message["text"] for message in history_of(other.page))
    assert len(history_of(chat.page)) == 2
    chat.page.reload()
    expect(chat.own).to_have_count(1)
    assert "payment" not in chat.own.first.inner_text()


def test_the_end_clears_every_tab_and_forgets_the_claim(chat: Chat) -> None:
    second = chat.page.context.new_page()
    second.goto("/")
    other = Chat(second).open()
    told = chat.say(f"Where does my claim {planted.VALIDATED.reference} stand? {planted.VALIDATED.email}")
    expect(told).to_contain_text("validated on")
    expect(other.replies).to_have_count(1)
    before = chat.page.context.cookies()[0]["value"]

    chat.end()

    expect(chat.status).to_have_text("The chat is ended and cleared. You can begin another one.")
    expect(chat.field).to_be_focused()
    expect(other.replies).to_have_count(0)
    assert chat.page.context.cookies()[0]["value"] != before
    assert history_of(chat.page) == []
    expect(chat.say("Where does my claim stand?")).to_contain_text("I need two things")


def test_the_end_can_be_thought_over(chat: Chat) -> None:
    chat.say("How long does the payment take?")
    chat.button("End chat").click()
    expect(chat.button("Yes, end it")).to_be_focused()

    chat.page.keyboard.press("Escape")

    expect(chat.button("End chat")).to_be_focused()
    expect(chat.replies).to_have_count(1)
