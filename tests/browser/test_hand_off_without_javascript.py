"""The way to customer service for browsers without JavaScript: the same form, the same ticket."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.contact_form import SVG, ContactForm, file, kept_from
from tests.browser.without_javascript import say
from tests.processes import planted
from tests.processes.running_desk import RunningDesk
from tests.sample_files import jpeg, pdf

QUESTION = f"Where does my claim {planted.VALIDATED.reference} stand? {planted.VALIDATED.email}"


@pytest.fixture
def page(visits: Visits) -> Page:
    return visits.page(java_script_enabled=False)


def test_from_the_chat_to_a_ticket_by_way_of_a_mistake(page: Page, desk: RunningDesk) -> None:
    say(page, QUESTION)
    say(page, "I want to talk to a person")
    page.locator("#latest").get_by_role("link").first.click()
    form = ContactForm(page)
    expect(form.field("Topic")).to_have_value("My claim")
    expect(form.field("Claim reference")).to_have_value(planted.VALIDATED.reference)
    said = form.lines.count()
    form.lines.filter(has_text="talk to a person").get_by_role("checkbox").uncheck()
    form.fill(message="Please look into it.", name="Una Uten")
    form.files.set_input_files([file("invoice.pdf", pdf()), file("label.jpg", jpeg()), file("drawing.png", SVG)])

    form.send()

    expect(form.summary).to_be_focused()
    expect(form.summary).to_contain_text("drawing.png: this is not a PDF, JPG or PNG file")
    expect(form.field("Message")).to_have_value("Please look into it.")
    expect(form.kept_files).to_have_text([re.compile("invoice.pdf"), re.compile("label.jpg")])
    expect(form.lines.filter(has_text="talk to a person").get_by_role("checkbox")).not_to_be_checked()
    form.fill(email="una@uten.example").send()
    (kept,) = kept_from(desk, "una@uten.example")
    assert kept.reference == form.ticket_number()
    assert (len(kept.ticket.transcript), kept.ticket.lines_left_out) == (said - 1, 1)
    assert [one.name for one in kept.ticket.files] == ["invoice.pdf", "label.jpg"]
    assert sorted(mail["kind"] for mail in kept.mails) == ["confirmation", "support"]


def test_a_double_click_is_one_ticket(page: Page, desk: RunningDesk) -> None:
    page.goto("/contact")
    form = ContactForm(page).fill(message="Twice.", name="Una Uten", email="una@dobbel.example")

    form.send_with_a_double_click()

    (kept,) = kept_from(desk, "una@dobbel.example")
    assert kept.reference == form.ticket_number()
    assert len(kept.mails) == 2


def test_going_back_and_sending_again_is_one_ticket_and_a_file_added_there_is_not_lost(
    page: Page, desk: RunningDesk
) -> None:
    say(page, "I want to talk to a person")
    page.locator("#latest").get_by_role("link").first.click()
    form = ContactForm(page).fill(message="Once.", name="Una Uten", email="una@tilbake.example").send()
    first = form.ticket_number()

    page.go_back()
    expect(form.field("Message")).to_have_value("Once.")
    form.send()
    assert form.ticket_number() == first
    (kept,) = kept_from(desk, "una@tilbake.example")
    assert len(kept.mails) == 2

    page.go_back()
    form.files.set_input_files(file("invoice.pdf", pdf()))
    form.send()
    expect(page.locator(".notice")).to_contain_text(f"You sent the same message before, as {first}")
    kept, added = kept_from(desk, "una@tilbake.example")
    assert added.reference == form.ticket_number() != first
    assert ([one.name for one in kept.ticket.files], [one.name for one in added.ticket.files]) == ([], ["invoice.pdf"])
