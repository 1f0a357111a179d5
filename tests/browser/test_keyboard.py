"""The whole flow works by keyboard, and by the gestures of a phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.chat_page import Chat, focused, reach
from tests.browser.conftest import Visits


def test_the_whole_flow_works_by_keyboard(page: Page) -> None:
    chat, keyboard = Chat(page), page.keyboard
    chat.launcher.focus()
    keyboard.press("Enter")
    expect(chat.field).to_be_focused()

    keyboard.type("invoice")
    keyboard.press("Enter")
    offered = chat.reply_after(0)
    choice = offered.get_by_role("button").first.inner_text()
    reach(page, choice, "Shift+Tab")
    keyboard.press("Space")
    chat.reply_after(1)

    expect(chat.field).to_be_focused()
    reach(page, "No, not helpful", "Shift+Tab")
    keyboard.press("Enter")
    expect(chat.button("It is wrong")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(chat.button("No, not helpful")).to_be_focused()
    keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_the_keyboard_goes_from_top_to_bottom(chat: Chat) -> None:
    chat.panel.get_by_label("Language").focus()
    way = []
    while way[-1:] != ["End chat"] and len(way) < 30:
        way.append(focused(chat.page))
        chat.page.keyboard.press("Tab")

    assert way[0:3] == ["Language", "Close the chat", "Conversation"]
    assert way[3:9] == ["Claiming", "Invoice", "Dates", "Payment", "Products", "Where bought"]
    assert way[-4:] == ["Your message", "Send", "Talk to a person", "End chat"]


def test_on_a_phone_the_page_behind_is_out_of_reach(visits: Visits) -> None:
    page = visits.page(viewport={"width": 320, "height": 640})
    chat = Chat(page).open()

    assert page.evaluate("document.querySelector('promo-chat').shadowRoot.querySelector('dialog').matches(':modal')")
    box = chat.panel.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("[document.body, document.querySelector('promo-chat')].includes(document.activeElement)")


def test_the_phones_way_back_closes_the_chat(visits: Visits) -> None:
    page = visits.page(viewport={"width": 320, "height": 640})
    chat = Chat(page).open()
    chat.button("End chat").click()

    go_back_by_gesture(chat)
    expect(chat.button("End chat")).to_be_focused()
    go_back_by_gesture(chat)

    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
    chat.open().panel.evaluate("(dialog) => dialog.close()")  # as a browser may do without asking
    expect(chat.launcher).to_be_focused()
    page.reload()
    expect(chat.panel).to_have_count(0)


def go_back_by_gesture(chat: Chat) -> None:
    """What a browser does about the gesture: it asks the dialog, and closes it if nobody objects."""
    chat.panel.evaluate("(dialog) => dialog.dispatchEvent(new Event('cancel', { cancelable: true })) && dialog.close()")
