"""Usable by everybody: axe in every state, the whole flow by keyboard, small screens, zoom, forced colours, right to left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.chat_page import Chat, focused, reach
from tests.browser.conftest import Visits
from tests.browser.test_conversation import PURCHASE
from tests.processes import planted

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


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
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(visits: Visits, state: Callable[[Chat], None], look: str) -> None:
    # axe brings a script of its own, which the page's policy is right to refuse.
    page = visits.page(bypass_csp=True, reduced_motion="reduce", **LOOKS[look])
    state(Chat(page))

    results = Axe().run(page, options=RULES)

    assert results.violations_count == 0, results.generate_report()


def test_axe_would_find_what_is_wrong_inside_the_component(visits: Visits) -> None:
    page = visits.page(bypass_csp=True)
    Chat(page).open().field.evaluate("(field) => field.labels[0].remove()")

    assert Axe().run(page, options=RULES).violations_count == 1


def test_axe_finds_nothing_in_the_frame_and_in_the_form(visits: Visits) -> None:
    for path in ("/embed", "/contact"):
        page = visits.page(path, bypass_csp=True)
        page.wait_for_load_state("networkidle")
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()


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
