"""A form that cannot be sent yet: what is wrong stands beside its field, nothing is lost, and hostile words stay words."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import Chat
from tests.browser.conftest import Visits
from tests.browser.contact_form import SVG, ContactForm, file, kept_from
from tests.browser.hostile_texts import ALARM, CORPUS
from tests.processes.running_desk import RunningDesk
from tests.sample_files import pdf, png

SENSITIVE = ("script", "img", "svg", "iframe", "style", "math", "object", "details", "promo-chat", "form", "textarea")


@pytest.fixture
def form(page: Page) -> ContactForm:
    page.goto("/contact")
    return ContactForm(page)


def test_each_mistake_stands_beside_its_field_and_nothing_is_lost(form: ContactForm) -> None:
    form.field("Topic").select_option("Payment")
    form.fill(
        claim_reference="LEN 73", message="Line one\n\nLine <two>", company="Hjelmsund AS", email="siv at hjelmsund"
    )
    form.files.set_input_files(file("invoice.pdf", pdf()))

    form.send()

    expect(form.summary).to_be_focused()
    expect(form.page).to_have_title(re.compile("^Please correct the form"))
    expect(form.summary.get_by_role("link")).to_have_text(
        ["Please write your name.", re.compile("^This does not look like an e-mail address")]
    )
    for name, words in (("name", "Please write your name."), ("email", "does not look like an e-mail address")):
        field = form.page.locator(f"#{name}")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(words))
        expect(form.page.locator(f".field:has(#{name}) .problem")).to_contain_text(words)
    expect(form.page.locator("[aria-invalid]")).to_have_count(2)
    expect(form.field("Topic")).to_have_value("Payment")
    expect(form.field("Claim reference")).to_have_value("LEN 73")
    expect(form.field("Message")).to_have_value("Line one\n\nLine <two>")
    expect(form.field("Company")).to_have_value("Hjelmsund AS")
    expect(form.field("E-mail address")).to_have_value("siv at hjelmsund")
    expect(form.kept_files).to_contain_text("invoice.pdf")


def test_the_summary_leads_to_the_field(form: ContactForm) -> None:
    form.send()

    form.summary.get_by_role("link", name="Please write your name.").click()

    expect(form.field("Name")).to_be_focused()
    expect(form.field("Name")).to_be_in_viewport()


def test_a_wrong_file_is_named_with_its_reason_and_the_right_ones_stay(form: ContactForm) -> None:
    form.fill(message="See the files.", name="Siv Hjelmsund")
    form.files.set_input_files([file("invoice.pdf", pdf()), file("drawing.png", SVG), file("shot.png", png())])

    form.send()

    expect(form.summary).to_contain_text("drawing.png: this is not a PDF, JPG or PNG file.")
    expect(form.files).to_have_accessible_description(re.compile("drawing.png: this is not a PDF"))
    expect(form.kept_files).to_have_text([re.compile("invoice.pdf"), re.compile("shot.png")])
    form.page.get_by_label("Remove shot.png").check()
    form.send()
    expect(form.kept_files).to_have_text([re.compile("invoice.pdf")])
    expect(form.summary).not_to_contain_text("drawing.png")


def test_a_form_sent_faster_than_a_person_can_asks_once_more_and_loses_nothing(form: ContactForm) -> None:
    form.send_faster_than_a_person_can(message="In a hurry.", name="Siv Hjelmsund", email="siv@hurry.example")

    expect(form.summary).to_be_focused()
    expect(form.field("Message")).to_have_value("In a hurry.")
    expect(form.field("E-mail address")).to_have_value("siv@hurry.example")


@pytest.fixture
def guarded(visits: Visits) -> ContactForm:
    """A form in a browser where a script that runs would be noticed."""
    context = visits.browser()
    context.add_init_script(ALARM)
    page = context.new_page()
    page.goto("/contact")
    return ContactForm(page)


def elements(page: Page) -> Counter[str]:
    return Counter(page.evaluate("[...document.querySelectorAll('*')].map(({ localName }) => localName)"))


def assert_harmless(page: Page, before: Counter[str]) -> None:
    after = elements(page)
    assert {tag: after[tag] for tag in SENSITIVE} == {tag: before[tag] for tag in SENSITIVE}
    assert page.evaluate("alarms") == []
    assert page.evaluate(
        "[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on'))"
    ) == []  # fmt: skip
    protocols = page.evaluate("[...document.querySelectorAll('a')].map(({ protocol }) => protocol)")
    assert set(protocols) == {"http:"}


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_words_in_fields_and_file_names_stay_words(guarded: ContactForm, text: str) -> None:
    before = elements(guarded.page)
    guarded.fill(name=text, message=text, company=text, email=text, claim_reference=text[:40])
    guarded.files.set_input_files([file(text, b"no picture"), file(f"{text}.pdf", pdf())])
    expect(guarded.page.locator(".chosen li")).to_have_count(2)
    assert_harmless(guarded.page, before)

    guarded.send()

    for label in ("Name", "Message", "Company (optional)", "E-mail address"):
        expect(guarded.page.get_by_label(label, exact=True)).to_have_value(text)
    expect(guarded.summary).to_contain_text("this is not a PDF, JPG or PNG file")
    expect(guarded.kept_files).to_have_count(1)
    assert_harmless(guarded.page, before)


def test_hostile_words_that_were_sent_stay_words(guarded: ContactForm, desk: RunningDesk) -> None:
    message, page = "\n".join(CORPUS), guarded.page
    before = elements(page)
    guarded.fill(name=CORPUS[1], message=message, company=CORPUS[0], email="siv@hostile.example")
    guarded.files.set_input_files([file(f"{text}.pdf", pdf(number + 1)) for number, text in enumerate(CORPUS[:5])])

    guarded.send()

    assert guarded.ticket_number()
    assert_harmless(page, before - Counter(["script", "form", "textarea"]))
    (kept,) = kept_from(desk, "siv@hostile.example")
    assert (kept.ticket.name, kept.ticket.company) == (CORPUS[1], CORPUS[0])
    assert kept.ticket.message.splitlines()[0] == CORPUS[0] and len(kept.ticket.files) == 5


def test_hostile_words_of_the_chat_stay_words_on_the_form(guarded: ContactForm) -> None:
    page = guarded.page
    before = elements(page)
    page.goto("/")
    chat = Chat(page).open()
    for text in CORPUS[:6]:
        chat.say(text)

    page.goto("/contact")

    expect(guarded.lines.filter(has_text=f"Customer: {CORPUS[0]}")).to_have_count(1)
    assert_harmless(page, before)
