"""From the chat to customer service: what is known is filled in, what goes along is the customer's choice, one form is one ticket."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import Chat
from tests.browser.contact_form import ContactForm, file, kept_from
from tests.processes import planted
from tests.processes.running_desk import RunningDesk
from tests.sample_files import jpeg, pdf

QUESTION = f"Where does my claim {planted.VALIDATED.reference} stand? {planted.VALIDATED.email}"
LEFT_OUT = "How long does the payment take?"


def form_from_chat(chat: Chat) -> ContactForm:
    """The form as the chat's own link opens it."""
    chat.say("I want to talk to a person").get_by_role("link").first.click()
    chat.page.wait_for_url("**/contact*")
    return ContactForm(chat.page)


@pytest.fixture
def form(chat: Chat) -> ContactForm:
    """Opened after two questions and the wish for a person."""
    chat.say(QUESTION)
    chat.say(LEFT_OUT)
    return form_from_chat(chat)


def test_from_the_chat_to_a_ticket_with_files_and_without_the_line_left_out(
    form: ContactForm, desk: RunningDesk
) -> None:
    expect(form.field("Claim reference")).to_have_value(planted.VALIDATED.reference)
    expect(form.field("Topic")).not_to_have_value("")
    expect(form.field("Message")).to_have_value(LEFT_OUT)
    expect(form.lines.first).to_contain_text("Customer: Where does my claim")
    assert planted.VALIDATED.email not in " ".join(form.lines.all_inner_texts())
    shown = [line.removeprefix("Customer: ").removeprefix("Assistant: ") for line in form.lines.all_inner_texts()]
    form.lines.filter(has_text=LEFT_OUT).get_by_role("checkbox").uncheck()
    form.field("Topic").select_option("My claim")
    form.fill(message="Please look into it.", name="Siv Hjelmsund", email="siv@hjelmsund.example")
    form.files.set_input_files([file("invoice.pdf", pdf()), file("label.jpg", jpeg())])
    expect(form.page.locator(".chosen li")).to_have_text([re.compile("invoice.pdf"), re.compile("label.jpg")])

    number = form.send().ticket_number()

    (kept,) = kept_from(desk, "siv@hjelmsund.example")
    assert kept.reference == number
    assert [" ".join(line.text.split()) for line in kept.ticket.transcript] == [
        " ".join(line.split()) for line in shown if LEFT_OUT not in line
    ]
    assert kept.ticket.lines_left_out == 1
    assert (kept.ticket.topic, kept.ticket.claim_reference) == ("My claim", planted.VALIDATED.reference)
    assert [(one.name, one.media_type) for one in kept.ticket.files] == [
        ("invoice.pdf", "application/pdf"), ("label.jpg", "image/jpeg"),
    ]  # fmt: skip
    assert all((desk.folder / "uploads" / one.id[:2] / one.id).stat().st_size == one.size for one in kept.ticket.files)
    assert sorted((mail["kind"], mail["recipient"]) for mail in kept.mails)[0] == (
        "confirmation",
        "siv@hjelmsund.example",
    )
    assert [mail["kind"] for mail in kept.mails].count("support") == len(kept.mails) - 1 == 1
    assert all(number in mail["subject"] + mail["body"] for mail in kept.mails)


def test_a_double_click_is_one_ticket_and_so_is_going_back_and_sending_again(page: Page, desk: RunningDesk) -> None:
    page.goto("/contact")
    form = ContactForm(page).fill(message="Twice.", name="Liv Dobbel", email="liv@dobbel.example")

    first = form.send_with_a_double_click().ticket_number()
    page.go_back()
    expect(form.field("Message")).to_have_value("Twice.")
    expect(form.send_button).to_be_enabled()
    form.send()

    assert form.ticket_number() == first
    (kept,) = kept_from(desk, "liv@dobbel.example")
    assert len(kept.mails) == 2


def test_what_is_changed_after_going_back_is_a_message_of_its_own(page: Page, desk: RunningDesk) -> None:
    page.goto("/contact")
    form = ContactForm(page).fill(message="Once.", name="Liv Endret", email="liv@endret.example").send()
    first = form.ticket_number()
    page.go_back()

    form.fill(message="Once, and something I forgot.").send()

    assert form.ticket_number() != first
    assert [kept.ticket.message for kept in kept_from(desk, "liv@endret.example")] == [
        "Once.",
        "Once, and something I forgot.",
    ]


def test_a_form_without_a_conversation_is_sent(page: Page, desk: RunningDesk) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Contact form").click()
    form = ContactForm(page)
    expect(form.lines).to_have_count(0)
    expect(page.get_by_text("This conversation goes along")).to_have_count(0)

    form.fill(message="Nothing said before.", name="Per Alene", email="per@alene.example").send()

    (kept,) = kept_from(desk, "per@alene.example")
    assert kept.reference == form.ticket_number() and kept.ticket.transcript == ()


def end_in_another_tab(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/")
    chat = Chat(other).open()
    expect(chat.own.first).to_be_visible()
    chat.end()
    other.close()


def test_a_chat_ended_in_another_tab_does_not_keep_the_form_from_being_sent(
    form: ContactForm, desk: RunningDesk
) -> None:
    form.fill(message="The chat is over.", name="Tor Slutt", email="tor@slutt.example")
    form.files.set_input_files(file("invoice.pdf", pdf()))
    end_in_another_tab(form.page)

    form.send()

    expect(form.page.locator(".notice")).to_contain_text("The chat was ended before you sent this")
    (kept,) = kept_from(desk, "tor@slutt.example")
    assert kept.reference == form.ticket_number()
    assert (kept.ticket.message, kept.ticket.transcript) == ("The chat is over.", ())
    assert [one.name for one in kept.ticket.files] == ["invoice.pdf"]


def test_a_form_that_comes_back_after_the_end_says_so_and_has_its_files_and_all_that_was_typed(
    form: ContactForm, desk: RunningDesk
) -> None:
    form.fill(message="The chat is over.", name="Ida Slutt")
    form.files.set_input_files(file("invoice.pdf", pdf()))
    form.send()
    end_in_another_tab(form.page)

    form.send()

    expect(form.page.locator(".notice")).to_contain_text("The chat was ended while this form was open")
    expect(form.lines).to_have_count(0)
    expect(form.field("Message")).to_have_value("The chat is over.")
    expect(form.field("Claim reference")).to_have_value(planted.VALIDATED.reference)
    expect(form.kept_files).to_contain_text("invoice.pdf")
    form.fill(email="ida@slutt.example").send()
    (kept,) = kept_from(desk, "ida@slutt.example")
    assert kept.reference == form.ticket_number()
    assert [one.name for one in kept.ticket.files] == ["invoice.pdf"]
