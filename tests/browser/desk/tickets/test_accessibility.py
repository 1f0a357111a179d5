"""The queue's pages keep nobody out: without JavaScript, on small screens, in the dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot.core.agents import Role
from bot.core.conversations import TranscriptLine
from bot.core.tickets import GivenAnswer
from bot.services.note_on_ticket import note_on_ticket
from tests.browser.axe import violations_of
from tests.browser.desk.tickets.small_desk import SmallDesk, at_ticket
from tests.tickets import ANNA, Desk


def test_everything_works_without_javascript(tickets: Desk, desk_browser: Callable[..., Page], desk: SmallDesk) -> None:
    reference = tickets.open()
    page = desk_browser(Role.AGENT, "Una Skript", java_script_enabled=False)
    page.goto("/desk/tickets")
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()
    expect(page.get_by_role("link", name="Show", exact=True)).to_be_hidden()
    page.get_by_label("Search").fill("money")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name=f"Take {reference}").click()
    expect(page.locator(".standing")).to_contain_text("Una Skript")
    page.get_by_label("Answer", exact=True).fill("Hello.")
    page.get_by_role("button", name="Send and resolve").click()
    expect(page.locator(".standing")).to_contain_text("Resolved")
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator(".standing")).to_contain_text("Open")
    assert desk.answers() == 1


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queues_pages_keep_nobody_out(
    tickets: Desk, desk_browser: Callable[..., Page], width: int, scheme: str
) -> None:
    page = desk_browser(
        Role.AGENT, "Anna Holm", viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )

    def check() -> None:
        assert violations_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    check()
    reference = tickets.open(
        timedelta(days=4), company="A company with a long name A/S", message="A" * 300, claim_reference="LEN-482913",
        transcript=(TranscriptLine("Customer", "Cash?"),), answers=(GivenAnswer("answer", "cash_or_cheque", "v1", "0.93"),),
    )  # fmt: skip
    page.goto("/desk/tickets")
    check()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    check()
    page.keyboard.press("Escape")
    at_ticket(page, reference)
    check()
    note_on_ticket(tickets.queue, tickets.asked(ANNA, reference), "Meanwhile.")
    page.get_by_label("Answer", exact=True).fill("Hello.")
    page.get_by_role("button", name="Send and resolve").click()
    expect(page.locator("#meanwhile")).to_be_visible()
    check()
