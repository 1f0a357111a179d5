"""From the customer's form to the answer in the customer's mail, in agents' browsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Page, expect

from bot.core.agents import Role
from tests.browser.conftest import Visits
from tests.browser.contact_form import ContactForm, file
from tests.browser.desk.tickets.small_desk import LIVE, SmallDesk, at_ticket
from tests.sample_files import pdf
from tests.tickets import Desk


def test_from_the_customers_form_to_an_answer_in_the_customers_mail(
    anna: Page, visits: Visits, desk: SmallDesk, tmp_path: Path
) -> None:
    expect(anna.get_by_text("There are no tickets yet.")).to_be_visible()
    form = ContactForm(visits.page("/contact"))
    form.fill(message="Where is my\nmoney?", name="Siv Hjelmsund", email="siv@hjelmsund.example")
    form.files.set_input_files([file("invoice.pdf", pdf())])
    number = form.send().ticket_number()

    expect(anna.locator("#news")).to_have_text("1 new ticket", timeout=LIVE)
    expect(anna.get_by_role("link", name="Open 1", exact=True)).to_be_visible()
    assert anna.title().startswith("(1) Tickets")
    anna.get_by_role("link", name="Show", exact=True).click()
    anna.get_by_role("link", name=number).click()
    expect(anna.locator("#message")).to_have_text("Where is my\nmoney?")
    with anna.expect_download() as download:
        anna.get_by_role("link", name="invoice.pdf").click()
    assert download.value.suggested_filename == "invoice.pdf"
    download.value.save_as(tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF")
    anna.get_by_label("Answer", exact=True).fill("Dear Siv,\n\nit was paid today.")
    anna.get_by_role("button", name="Send and wait for the customer").click()

    expect(anna.get_by_role("status").filter(has_text="Your answer is on its way.")).to_be_visible()
    expect(anna.locator(".standing")).to_contain_text("Waiting for customer")
    sent = anna.locator(".history .answered .sent")
    for _ in range(100):
        if sent.count():
            break
        anna.wait_for_timeout(300)
        anna.reload()
    expect(sent).to_contain_text("Mail to the customer: sent")
    mails = [message_from_bytes(mail["text"].encode(), policy=default) for mail in desk.server.mails]
    confirmation, answer = (mail for mail in mails if mail["To"] == "siv@hjelmsund.example")
    assert answer["In-Reply-To"] == confirmation["Message-ID"] and number in answer["Subject"]
    assert answer.get_content().replace("\r\n", "\n").startswith("Dear Siv,\n\nit was paid today.")


def test_two_agents_at_once(anna: Page, desk_browser: Callable[..., Page], tickets: Desk, desk: SmallDesk) -> None:
    reference = tickets.open()
    bo = at_ticket(desk_browser(Role.AGENT, "Bo Lund"), reference)
    bo.get_by_label("Answer", exact=True).fill("Me too.")
    at_ticket(anna, reference).get_by_label("Answer", exact=True).fill("I was first.")
    anna.get_by_role("button", name="Send and resolve").click()

    expect(bo.locator("#news")).to_have_text("Anna Holm has changed this ticket.", timeout=LIVE)
    bo.get_by_role("button", name="Send and wait for the customer").click()
    told = bo.get_by_role("alert")
    expect(told).to_contain_text("was changed while you were looking at it")
    expect(told).to_contain_text("Anna Holm answered: New → Resolved")
    expect(told).to_contain_text("I was first.")
    expect(told).to_be_focused()
    expect(bo.get_by_label("Answer", exact=True)).to_have_value("Me too.")
    assert desk.answers() == 1
    bo.get_by_role("button", name="Send all the same and wait for the customer").click()
    expect(bo.get_by_role("status").filter(has_text="Your answer is on its way.")).to_be_visible()
    assert desk.answers() == 2


def test_a_double_click_sends_one_mail(anna: Page, tickets: Desk, desk: SmallDesk) -> None:
    reference = tickets.open()
    at_ticket(anna, reference).get_by_label("Answer", exact=True).fill("Hello.")
    with anna.expect_navigation(url="**done=answer"):
        anna.get_by_role("button", name="Send and resolve").dblclick()
    expect(anna.locator(".history .answered")).to_have_count(1)
    assert desk.answers() == 1


def test_a_suggested_answer_is_put_into_the_answer_by_its_key(anna: Page, tickets: Desk) -> None:
    """Without Rasa: entries that share words with the message."""
    reference = tickets.open(message="Can I receive my discount as cash or cheque?")
    at_ticket(anna, reference)
    suggested = anna.get_by_role("region", name="Suggested answers")
    expect(suggested).to_contain_text("cash or cheque")
    words = suggested.locator("[data-suggested]").first.get_attribute("data-words")
    anna.keyboard.press("1")
    box = anna.get_by_label("Answer", exact=True)
    expect(box).to_have_value(re.compile(re.escape(words or "nothing")))
    anna.reload()
    expect(box).to_have_value(re.compile(re.escape(words or "nothing")))
    anna.get_by_role("button", name="Send and resolve").click()
    expect(anna.get_by_role("status").filter(has_text="Your answer is on its way.")).to_be_visible()
    expect(suggested).to_have_count(0)
    assert words and words in tickets.find(reference).events[-1].text


def test_a_draft_survives_a_reload_and_goes_when_it_is_sent(anna: Page, tickets: Desk) -> None:
    reference = tickets.open()
    box = at_ticket(anna, reference).get_by_label("Answer", exact=True)
    box.fill("Long words.")
    note = anna.get_by_label("Note for colleagues")
    note.fill("And a note.")
    anna.goto("/desk/tickets")
    at_ticket(anna, reference)
    expect(box).to_have_value("Long words.")
    anna.get_by_role("button", name="Send and resolve").click()
    expect(anna.locator(".history .answered")).to_have_count(1)
    expect(box).to_have_value("")
    expect(note).to_have_value("And a note.")
    box.fill("One more thing.")
    anna.reload()
    expect(box).to_have_value("One more thing.")
    expect(anna.get_by_text("Your answer is on its way.")).to_have_count(0)
