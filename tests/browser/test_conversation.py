"""A customer in the chat: what it offers, answers, lays out, and notes."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Route, expect

from bot.adapters.faq_files import read_faq
from bot.adapters.interface_files import read_interfaces
from bot.config import ROOT
from tests.browser.chat_page import Chat, focused, history_of
from tests.browser.chat_states import PURCHASE
from tests.processes import planted
from tests.processes.running_desk import RunningDesk

FAQ = read_faq(ROOT / "faq")
TWO_QUESTIONS = "Can I have it in cash, and what happens now that my receipt is gone?"
UNCLEAR = "invoice"


def words(text: str) -> str:
    return " ".join(text.split())


def test_it_opens_with_what_it_can_do(chat: Chat) -> None:
    for section, _ in FAQ.sections():
        expect(chat.button(section)).to_be_visible()
    for lookup in ("Where does my claim stand?", "When is my payment due?", "Does my purchase qualify?"):
        expect(chat.button(lookup)).to_be_visible()
    expect(chat.panel).to_contain_text("You are writing with a computer program")
    expect(chat.panel).to_contain_text("keeps your messages for 90 days")
    expect(chat.panel).to_contain_text("until 60 minutes after the last one")
    expect(chat.panel).to_contain_text("The promotion is running")
    expect(chat.panel).to_contain_text("acts as if today were 15 December 2023")
    assert focused(chat.page) == "Your message"


def test_a_topic_leads_to_its_questions_and_these_to_the_approved_words(chat: Chat) -> None:
    chat.button("Payment").click()
    assert focused(chat.page) == "All topics"
    entry = FAQ["how_long_for_discount"]

    reply = chat.press(entry.question)

    assert words(entry.answer) in words(reply.inner_text())
    chat.button("All topics").click()
    expect(chat.button("Payment")).to_be_focused()


def test_every_question_it_offers_gets_its_own_answer(desk: RunningDesk) -> None:
    customer = desk.customer()
    for entry in FAQ:
        told = customer.say(entry.question)
        assert entry.id in [message.get("faq_id") for message in told], entry.question


@pytest.mark.parametrize("language", ["en", "da", "sv", "nb"])
def test_the_look_ups_it_offers_are_understood_in_every_language(desk: RunningDesk, language: str) -> None:
    strings = read_interfaces(ROOT / "faq" / "interface")[language].strings

    for key in ("lookup_claim", "lookup_payment"):
        assert "LEN-000000" in desk.customer().say(strings[key])[0]["text"], strings[key]
    (asked,) = desk.customer().say(strings["lookup_purchase"])
    assert asked["kind"] == "question" and "which product" in asked["text"]


def test_two_questions_get_two_answers(chat: Chat) -> None:
    chat.say(TWO_QUESTIONS)

    expect(chat.replies).to_have_count(2)
    assert words(FAQ["cash_or_cheque"].answer) in words(chat.replies.nth(0).inner_text())
    assert words(FAQ["lost_invoice"].answer) in words(chat.replies.nth(1).inner_text())


def test_where_it_is_unsure_it_offers_a_choice(chat: Chat) -> None:
    offered = chat.say(UNCLEAR)
    choice = offered.get_by_role("button").first
    label = choice.inner_text()

    before = chat.replies.count()
    choice.click()

    assert words(chat.own.last.locator(".bubble").inner_text()).endswith(label)
    assert chat.reply_after(before).inner_text() != offered.inner_text()


def test_click_here_leads_to_the_form_with_this_conversation(chat: Chat) -> None:
    entry = next(entry for entry in FAQ if "CLICK HERE" in entry.answer)
    reply = chat.say(entry.question)

    reply.get_by_role("link", name="CLICK HERE: open the contact form").click()

    chat.page.wait_for_url(re.compile(r"/contact\?conversation=C-"))
    expect(chat.page.locator("body")).to_contain_text(entry.question)


def test_a_claim_is_laid_out_as_a_timeline_beside_its_words(chat: Chat) -> None:
    chat.say("Where does my claim stand?")
    reply = chat.say(f"{planted.VALIDATED.reference} {planted.VALIDATED.email}")

    steps = reply.locator(".steps li")
    expect(steps).to_have_count(3)
    assert [words(step.text_content() or "") for step in steps.all()] == [
        "Submitted, 2 October 2023, done",
        "Validated, 1 December 2023, done",
        "Payment, due by 15 January 2024, now",
    ]
    expect(reply).to_contain_text("was submitted on 2 October 2023 and validated on 1 December 2023")


def test_a_verdict_is_laid_out_rule_by_rule_and_says_in_words_what_it_shows(chat: Chat) -> None:
    reply = chat.say(PURCHASE)

    rules = [words(rule.text_content() or "") for rule in reply.locator(".rules li > span:last-child").all()]
    assert rules[0].startswith("Met: Product: ")
    assert rules[1].startswith("Open: Date: 5 December 2023 cannot be settled")
    message = history_of(chat.page)[-1]
    lines = next(part for part in message["text"].split("\n\n") if "✓" in part).split("\n")
    assert [rule.partition(": ")[2] for rule in rules] == [words(line[2:]) for line in lines]
    assert reply.locator(".bubble").text_content().count("is on the list of qualifying products") == 1


def test_a_thumb_down_asks_why_and_both_are_kept(chat: Chat, desk: RunningDesk) -> None:
    reply = chat.say("How long does the payment take?")

    reply.get_by_role("button", name="No, not helpful").click()
    reply.get_by_role("button", name="It is out of date").click()

    expect(reply.get_by_role("status")).to_have_text("Thank you, this is noted.")
    expect(reply.get_by_role("button", name="No, not helpful")).to_have_attribute("aria-pressed", "true")
    assert verdict_on(desk, reply.get_attribute("data-id")) == (0, "out_of_date")
    reply.get_by_role("button", name="Yes, helpful").click()
    expect(reply.get_by_role("status")).to_have_text("Thank you, this is noted.")
    expect(reply.get_by_role("button", name="Yes, helpful")).to_have_attribute("aria-pressed", "true")
    assert verdict_on(desk, reply.get_attribute("data-id")) == (1, "")


def verdict_on(desk: RunningDesk, message: str | None) -> tuple[int, str]:
    with closing(sqlite3.connect(desk.database("desk"))) as database:
        return database.execute("SELECT helpful, reason FROM feedback WHERE message_id = ?", [message]).fetchone()


def test_enter_sends_and_shift_enter_begins_a_line(chat: Chat) -> None:
    chat.field.press_sequentially("Hello")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("How long does the payment take?")
    expect(chat.own).to_have_count(0)

    chat.field.press("Enter")

    chat.reply_after(0)
    assert history_of(chat.page)[0]["text"] == "Hello\nHow long does the payment take?"
    expect(chat.field).to_have_value("")
    expect(chat.field).to_be_focused()


def test_an_empty_message_is_not_sent_and_a_long_one_is_counted(chat: Chat) -> None:
    chat.field.fill("   ")
    chat.field.press("Enter")
    expect(chat.own).to_have_count(0)

    chat.field.fill("x" * 950)

    expect(chat.panel).to_contain_text("50 characters left")


def test_while_it_writes_this_is_said_and_shown(chat: Chat) -> None:
    sent: list[Route] = []
    chat.page.route("**/api/chat", lambda route: sent.append(route))
    chat.field.fill("How long does the payment take?")
    chat.field.press("Enter")

    expect(chat.status).to_have_text("The assistant is writing …")
    expect(chat.panel.locator(".typing")).to_be_visible()
    while not sent:
        chat.page.wait_for_timeout(20)
    sent[0].continue_()
    chat.reply_after(0)
    expect(chat.status).to_have_text("")


def test_the_way_to_a_person_stays_in_its_place(chat: Chat) -> None:
    place = chat.person.bounding_box()

    chat.say(UNCLEAR)
    assert chat.person.bounding_box() == place
    chat.say("How long does the payment take?")
    chat.button("No, not helpful").click()
    assert chat.person.bounding_box() == place
    chat.button("End chat").click()
    assert chat.person.bounding_box() == place


def test_what_is_refused_stays_in_the_field(chat: Chat) -> None:
    refusal = {"error": {"code": "invalid_message", "message": "This message cannot be read."}}
    chat.page.route("**/api/chat", lambda route: route.fulfill(status=422, json=refusal))

    chat.field.fill("Something odd")
    chat.field.press("Enter")

    expect(chat.panel.get_by_role("alert")).to_have_text("This message cannot be read.")
    expect(chat.field).to_have_value("Something odd")
    expect(chat.own).to_have_count(0)


def test_the_chat_speaks_four_languages_and_remembers_which(chat: Chat) -> None:
    chat.panel.get_by_label("Language").select_option("da")

    expect(chat.panel.get_by_role("heading", level=2)).to_have_text("Kampagneassistent")
    expect(chat.panel).to_have_attribute("lang", "da")
    reply = chat.press("Hvornår får jeg mine penge?")
    expect(reply).to_contain_text("LEN-000000")
    chat.page.reload()
    expect(chat.panel.get_by_role("heading", level=2)).to_have_text("Kampagneassistent")
    expect(chat.own).to_have_count(1)
