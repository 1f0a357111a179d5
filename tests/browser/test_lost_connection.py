"""A connection that is lost and comes back: nothing typed is lost, nothing is said twice."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.chat_page import SECONDS, Chat, history_of
from tests.browser.conftest import Visits
from tests.browser.guest_site import GuestSite
from tests.processes.running_desk import RunningDesk

QUESTION = "How long does the payment take?"


def send(chat: Chat, text: str) -> None:
    chat.field.fill(text)
    chat.field.press("Enter")


def test_what_is_written_offline_is_sent_when_the_connection_is_back(chat: Chat) -> None:
    chat.page.context.set_offline(True)
    send(chat, QUESTION)
    send(chat, "Can I have it in cash?")
    expect(chat.own.last).to_contain_text("You are offline. Your message is kept here")
    expect(chat.own).to_have_count(2)

    chat.page.context.set_offline(False)

    expect(chat.replies).to_have_count(2, timeout=SECONDS)
    expect(chat.panel.locator(".unsent")).to_have_count(0)
    assert [message["text"] for message in history_of(chat.page) if message["from"] == "customer"] == [
        QUESTION,
        "Can I have it in cash?",
    ]


def test_an_answer_lost_on_its_way_is_asked_for_again_and_said_once(chat: Chat) -> None:
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.post_data_json["key"])
        if len(keys) == 1:
            route.fetch()  # the desk has answered
            route.abort("connectionreset")
        else:
            route.continue_()

    chat.page.route("**/api/chat", lose_the_first)
    send(chat, QUESTION)

    chat.reply_after(0)
    assert len(keys) == 2 and len(set(keys)) == 1
    expect(chat.own).to_have_count(1)
    assert len(history_of(chat.page)) == 2


def test_a_desk_that_cannot_be_reached_leaves_the_message_to_be_sent_again(chat: Chat) -> None:
    chat.page.route("**/api/chat", lambda route: route.abort("connectionrefused"))
    send(chat, QUESTION)
    again = chat.own.get_by_role("button", name="Send again")
    expect(again).to_be_visible(timeout=SECONDS)
    expect(chat.own).to_contain_text("The desk cannot be reached")

    chat.page.unroute("**/api/chat")
    again.click()

    chat.reply_after(0)
    expect(again).to_have_count(0)
    assert len(history_of(chat.page)) == 2


def test_a_message_that_the_desk_has_kept_stands_there_once_after_news_of_another_tab(chat: Chat) -> None:
    second = chat.page.context.new_page()
    second.goto("/")
    other = Chat(second).open()
    lost: list[str] = []

    def lose_the_answers(route: Route) -> None:
        lost.append(route.request.post_data_json["key"])
        if len(lost) <= 3:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    chat.page.route("**/api/chat", lose_the_answers)
    send(chat, QUESTION)
    expect(chat.own).to_contain_text("Not sent", timeout=SECONDS)

    other.say("Can I have it in cash?")

    expect(chat.own).to_have_count(2, timeout=SECONDS)
    expect(chat.replies).to_have_count(2, timeout=SECONDS)
    expect(chat.panel.locator(".unsent")).to_have_count(0)
    assert len(history_of(chat.page)) == 4


def test_another_language_takes_along_what_is_typed_under_way_and_not_sent(chat: Chat) -> None:
    chat.page.context.set_offline(True)
    send(chat, QUESTION)
    expect(chat.panel.locator(".unsent")).to_have_count(1)
    chat.page.context.set_offline(False)
    expect(chat.replies).to_have_count(1, timeout=SECONDS)
    chat.page.route("**/api/chat", lambda route: (chat.page.wait_for_timeout(1_500), route.continue_()))
    send(chat, "Can I have it in cash?")
    send(chat, "Which products qualify?")
    chat.field.fill("half a sen")

    chat.panel.get_by_label("Language").select_option("da")

    expect(chat.panel).to_have_attribute("lang", "da", timeout=SECONDS)
    expect(chat.field).to_have_value("half a sen")
    expect(chat.own).to_have_count(3, timeout=SECONDS)
    expect(chat.panel.locator(".typing")).to_be_hidden(timeout=SECONDS)
    kept = history_of(chat.page)
    assert [message["text"] for message in kept if message["from"] == "customer"] == [
        QUESTION,
        "Can I have it in cash?",
        "Which products qualify?",
    ]
    expect(chat.replies).to_have_count(len(kept) - 3)


def test_another_language_while_the_desk_is_away_keeps_what_was_not_sent(chat: Chat) -> None:
    busy = {"error": {"code": "too_fast", "message": "That was too fast for me."}}
    chat.page.route("**/api/chat", lambda route: route.fulfill(status=429, json=busy))
    send(chat, QUESTION)
    expect(chat.own).to_contain_text("That was too fast for me.")

    chat.panel.get_by_label("Language").focus()
    chat.panel.get_by_label("Language").select_option("da")

    expect(chat.panel).to_have_attribute("lang", "da")
    expect(chat.own).to_contain_text(QUESTION)
    expect(chat.panel.locator(".unsent")).to_have_count(1)
    expect(chat.panel.locator("#language")).to_be_focused()
    chat.page.unroute("**/api/chat")
    chat.own.get_by_role("button").click()
    chat.reply_after(0)
    assert len(history_of(chat.page)) == 2


def test_a_desk_that_is_overloaded_says_so_beside_the_message(chat: Chat) -> None:
    busy = {"error": {"code": "too_fast", "message": "That was too fast for me."}}
    chat.page.route("**/api/chat", lambda route: route.fulfill(status=429, json=busy))
    send(chat, QUESTION)

    expect(chat.own).to_contain_text("Not sent That was too fast for me.")
    expect(chat.own.get_by_role("button", name="Send again")).to_be_visible()


def test_a_history_that_cannot_be_read_leaves_the_chat_usable(chat: Chat) -> None:
    chat.page.route("**/api/chat/history*", lambda route: route.abort())
    chat.page.reload()

    expect(chat.panel.get_by_role("alert")).to_have_text("What was said before cannot be shown at the moment.")
    chat.say(QUESTION)


def test_a_reload_without_the_chats_words_leaves_the_visitor_on_the_page(chat: Chat) -> None:
    chat.page.route("**/api/chat/interface*", lambda route: route.abort())
    with chat.page.expect_event("requestfailed"):
        chat.page.reload()

    chat.page.wait_for_load_state("networkidle")
    expect(chat.launcher).to_have_attribute("aria-busy", "false")
    assert chat.page.url.endswith("/")
    chat.page.evaluate("dispatchEvent(new Event('online'))")
    chat.page.unroute("**/api/chat/interface*")
    chat.open()
    chat.say(QUESTION)


def test_a_button_whose_words_cannot_be_loaded_has_a_name(
    visits: Visits, desk: RunningDesk, guests: tuple[GuestSite, GuestSite]
) -> None:
    page = visits.browser().new_page()
    page.route("**/api/chat/interface*", lambda route: route.abort())
    page.goto(guests[0].page_with(desk.url))
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("button", name="Chat")).to_be_visible()


def test_without_its_parts_the_button_leads_to_the_contact_form(page) -> None:
    page.route("**/static/chat/*.js", lambda route: route.abort())

    Chat(page).launcher.click()

    page.wait_for_url("**/contact")
