"""The queue is worked through by keyboard."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.desk.tickets.small_desk import has_come_to, has_done
from tests.tickets import Desk


def test_the_queue_is_worked_through_by_keyboard_alone(anna: Page, tickets: Desk) -> None:
    first, second = tickets.open(timedelta(hours=2)), tickets.open(timedelta(hours=1))
    anna.goto("/desk/tickets")
    keys = anna.keyboard
    keys.press("/")
    expect(anna.get_by_label("Search")).to_be_focused()
    keys.type("jkra money")
    keys.press("Enter")
    expect(anna.get_by_text("Nothing is found here.")).to_be_visible()
    anna.goto("/desk/tickets")
    has_come_to(anna, "/desk/tickets")
    keys.press("j")
    keys.press("j")
    expect(anna.get_by_role("link", name=second)).to_be_focused()
    keys.press("j")
    keys.press("k")
    expect(anna.get_by_role("link", name=first)).to_be_focused()
    keys.press("Enter")
    has_come_to(anna, f"/{first}")
    keys.press("a")
    has_done(anna, "The ticket has been given.")
    expect(anna.locator(".standing")).to_contain_text("Anna Holm")
    keys.press("n")
    keys.type("A note with j, k and e.")
    keys.press("Tab")
    keys.press("Enter")
    has_done(anna, "Your note is kept.")
    expect(anna.locator(".history .note")).to_contain_text("A note with j, k and e.")
    keys.press("r")
    expect(anna.get_by_label("Answer", exact=True)).to_be_focused()
    keys.type("Dear Ane, are you there?")
    keys.press("Tab")
    keys.press("Enter")
    has_done(anna, "Your answer is on its way.")
    expect(anna.locator(".standing")).to_contain_text("Waiting for customer")
    keys.press("e")
    has_done(anna, "The state is changed.")
    expect(anna.locator(".standing")).to_contain_text("Resolved")
    assert [event.text for event in tickets.find(first).events if event.text] == [
        "A note with j, k and e.", "Dear Ane, are you there?",
    ]  # fmt: skip
    keys.press("/")
    expect(anna.get_by_label("Search")).to_be_focused()


def test_a_ticket_is_taken_from_the_queue_by_its_key(anna: Page, tickets: Desk) -> None:
    reference = tickets.open()
    anna.goto("/desk/tickets")
    anna.keyboard.press("a")
    anna.keyboard.press("j")
    anna.keyboard.press("a")
    expect(anna.locator(".standing")).to_contain_text("Anna Holm")
    progress = tickets.find(reference).progress
    assert progress.assignee is not None and progress.assignee.name == "Anna Holm"


def test_shortcuts_are_explained_and_can_be_turned_off_for_good(anna: Page, tickets: Desk) -> None:
    tickets.open()
    anna.goto("/desk/tickets")
    anna.keyboard.press("?")
    sheet = anna.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    anna.keyboard.press("j")
    expect(anna.locator("a.open-ticket:focus")).to_have_count(0)
    sheet.get_by_label("Shortcuts are on in this browser").uncheck()
    anna.keyboard.press("Escape")
    for _ in range(2):
        anna.keyboard.press("j")
        anna.keyboard.press("?")
        expect(anna.locator("a.open-ticket:focus")).to_have_count(0)
        expect(sheet).to_be_hidden()
        anna.reload()
    anna.get_by_role("button", name="Keyboard shortcuts").click()
    sheet.get_by_label("Shortcuts are on in this browser").check()
    sheet.get_by_role("button", name="Close").click()
    anna.keyboard.press("j")
    expect(anna.locator("a.open-ticket:focus")).to_have_count(1)
