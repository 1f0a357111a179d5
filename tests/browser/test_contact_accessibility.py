"""The contact form for everybody: axe in every state, by keyboard alone, on small screens and enlarged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations_of
from tests.browser.chat_page import Chat, reach
from tests.browser.conftest import Visits
from tests.browser.contact_form import SVG, ContactForm, file, kept_from
from tests.browser.looks import LOOKS
from tests.processes import planted
from tests.processes.running_desk import RunningDesk
from tests.sample_files import jpeg, pdf


@pytest.fixture(scope="module")
def receipt(chromium: Browser, desk: RunningDesk) -> str:
    """Where the page is that tells a ticket's number; only so many tickets an hour are taken from one address."""
    context = chromium.new_context(base_url=desk.url)
    page = context.new_page()
    page.goto("/contact")
    ContactForm(page).fill(message="One for all.", name="Alva Alle", email="alva@alle.example").send()
    found = page.url
    context.close()
    assert "/contact/sent?" in found
    return found


def empty(page: Page, receipt: str) -> None:
    page.goto("/contact")


def prefilled(page: Page, receipt: str) -> None:
    chat = Chat(page).open()
    chat.say(f"Where does my claim {planted.PAID.reference} stand? {planted.PAID.email}")
    chat.say("How long does the payment take?")
    chat.person.click()
    expect(ContactForm(page).lines).to_have_count(4)


def mistaken(page: Page, receipt: str) -> None:
    prefilled(page, receipt)
    ContactForm(page).fill(message="", email="nobody").send()
    expect(page.locator("[aria-invalid]")).to_have_count(3)


def with_kept_files(page: Page, receipt: str) -> None:
    page.goto("/contact")
    form = ContactForm(page)
    form.files.set_input_files(
        [file("A rather long name of an invoice from December 2023.pdf", pdf()), file("label.jpg", jpeg()), file("drawing.png", SVG)]
    )  # fmt: skip
    form.send()
    expect(form.kept_files).to_have_count(2)


def ended(page: Page, receipt: str) -> None:
    chat = Chat(page).open()
    chat.say("How long does the payment take?")
    chat.person.click()
    page.wait_for_url("**/contact*")
    page.request.post("/api/chat/end")
    ContactForm(page).send()
    expect(page.locator(".notice")).to_be_visible()


def sent(page: Page, receipt: str) -> None:
    page.goto(receipt)


STATES: tuple[Callable[[Page, str], None], ...] = (empty, prefilled, mistaken, with_kept_files, ended, sent)
SCREENS: dict[str, dict[str, Any]] = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "200 % of 1280 × 800": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "200 % of 640 × 800": {"viewport": {"width": 320, "height": 400}, "device_scale_factor": 2},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(visits: Visits, receipt: str, state: Callable[[Page, str], None], look: str) -> None:
    page = visits.page(bypass_csp=True, reduced_motion="reduce", **LOOKS[look])
    state(page, receipt)
    assert violations_of(page) == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_is_cut_off(visits: Visits, receipt: str, state: Callable[[Page, str], None], screen: str) -> None:
    page = visits.page(**SCREENS[screen])
    state(page, receipt)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wider = page.evaluate(
        """() => [...document.querySelectorAll('main, main *')]
          .filter((one) => !one.closest('.trap, .unseen') && one.getBoundingClientRect().width > 0)
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert wider == []


def test_everything_to_press_is_large_enough(visits: Visits, receipt: str) -> None:
    page = visits.page()
    mistaken(page, receipt)
    ContactForm(page).files.set_input_files(file("invoice.pdf", pdf()))
    ContactForm(page).send()

    sizes = page.locator("main :is(button, select, textarea, input:not([type=checkbox], [type=hidden], [tabindex]), label.choice, .summary a)").evaluate_all(
        """(all) => all.map((one) => [one.id || one.textContent.trim(), one.getBoundingClientRect()])
          .map(([name, { width, height }]) => [name, width, height])"""
    )  # fmt: skip
    assert len(sizes) > 12
    assert [size for size in sizes if size[1] < 24 or size[2] < 24] == []
    small = [name for name, _, height in sizes if height < 43.9]
    assert small == [], small


def test_the_form_is_filled_in_and_sent_by_keyboard_alone(page: Page, desk: RunningDesk) -> None:
    chat, keyboard = Chat(page), page.keyboard
    chat.launcher.focus()
    keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    keyboard.type("How long does the payment take?")
    keyboard.press("Enter")
    chat.reply_after(0)
    reach(page, "Talk to a person")
    keyboard.press("Enter")
    form = ContactForm(page)
    expect(form.lines).to_have_count(2)

    reach(page, "Message")
    keyboard.press("Control+A")
    keyboard.type("Written by keyboard.")
    for label, text in (("Name", "Tast Atur"), ("E-mail address", "tast@atur.example")):
        reach(page, label)
        keyboard.type(text)
    reach(page, "Files (optional)")
    with page.expect_file_chooser() as chosen:
        keyboard.press("Space")
    chosen.value.set_files(file("invoice.pdf", pdf()))
    form.lines.last.get_by_role("checkbox").scroll_into_view_if_needed()
    reach(page, "Assistant: The payment")
    keyboard.press("Space")
    expect(form.lines.last.get_by_role("checkbox")).not_to_be_checked()
    form.wait_until_a_person_could_have_filled_it_in()
    reach(page, "Send")
    with form.next_page():
        keyboard.press("Enter")

    (kept,) = kept_from(desk, "tast@atur.example")
    assert kept.reference == form.ticket_number()
    assert (len(kept.ticket.transcript), len(kept.ticket.files)) == (1, 1)
