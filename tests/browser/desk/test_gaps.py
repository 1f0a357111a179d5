"""From a question nobody could answer to a proposed entry, as a lead goes the way."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.config import ROOT
from bot.core.agents import Role
from tests.browser.axe import violations_of
from tests.browser.chat_page import Chat

APP = ("is there an app for this", "do you have a mobile app", "can i claim in an app on my phone")
DONATING = ("can I give the cashback to charity", "is it possible to donate my cashback")
TRY_MILLISECONDS = 540_000


@pytest.fixture
def lead(desk_browser: Callable[..., Page]) -> Page:
    return desk_browser(Role.LEAD, bypass_csp=True)


def ask(other_browser: Callable[[], Chat], *questions: str) -> None:
    """Each question from a browser of its own."""
    for question in questions:
        other_browser().say(question)


def group_of(page: Page, text: str) -> Page:
    """The list's item of the group with this question."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading")).filter(has_text=text).first  # type: ignore[return-value]


@pytest.mark.timeout(900)
def test_three_who_ask_the_same_become_an_entry_that_is_tried(
    other_browser: Callable[[], Chat], lead: Page, tmp_path: Path
) -> None:
    ask(other_browser, *APP)
    lead.goto("/desk/gaps")
    expect(group_of(lead, "app")).to_contain_text("3 people asked")
    began = time.monotonic()
    group_of(lead, "app").get_by_role("link").first.click()
    for question in APP:
        expect(lead.get_by_role("checkbox", name=f"Take “{question}”")).to_be_checked()
    lead.get_by_role("radio", name="Draft a new entry that answers this").check()
    lead.get_by_label("Section").select_option(label="Claiming")
    lead.get_by_label("Question", exact=True).fill("Is there an app?")
    lead.get_by_label("Answer, word for word").fill("No. Please use the form on the website.")
    lead.get_by_role("button", name="Propose").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("a new entry is_there_an_app")
    assert time.monotonic() - began < 60
    with lead.expect_download() as downloaded:
        lead.get_by_role("link", name="Download").click()
    patch = tmp_path / "proposal.patch"
    downloaded.value.save_as(patch)
    subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, check=True, timeout=60)

    lead.get_by_role("button", name="Try it").click()
    status = lead.locator("#try [role=status]")
    expect(status).to_contain_text("It is being tried.", timeout=60_000)
    assert lead.get_by_role("button", name="Try it").count() == 0
    expect(lead.get_by_role("heading", name="held_out.yml: 370 questions")).to_be_visible(timeout=TRY_MILLISECONDS)
    told = lead.locator(".verdict")
    expect(told).to_contain_text("The check finds errors that are new")
    expect(told).to_contain_text("Of 1157 labelled questions")
    expect(told).to_contain_text("3 then.")
    expect(lead.get_by_role("row").filter(has_text="first choice right").first).to_contain_text("of 505")
    assert violations_of(lead) == []


@pytest.mark.parametrize(
    ("width", "scheme", "subject"),
    [(320, "light", "weather"), (320, "dark", "volcanoes"), (1280, "light", "pancakes"), (1280, "dark", "penguins")],
)
def test_the_pages_of_gaps_keep_nobody_out(
    other_browser: Callable[[], Chat], desk_browser: Callable[..., Page], width: int, scheme: str, subject: str
) -> None:
    ask(other_browser, f"{subject}? {subject * 8}!")
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "bypass_csp": True}
    page = desk_browser(Role.LEAD, **options)
    page.goto("/desk/gaps")
    fits(page)
    group_of(page, subject).get_by_role("link").first.click()
    for way in ("Add them to an entry", "Draft a new entry", "Learn that this has no answer"):
        page.get_by_role("radio", name=way).check()
        fits(page)
    page.get_by_role("button", name="Propose").click()
    page.wait_for_url("**/proposals/*")
    fits(page)
    page.goto("/desk/gaps/proposals")
    fits(page)


def fits(page: Page) -> None:
    assert violations_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_mistake_is_announced_and_leads_to_its_field(other_browser: Callable[[], Chat], lead: Page) -> None:
    ask(other_browser, "does the mouse come in pink?")
    lead.goto("/desk/gaps")
    group_of(lead, "pink").get_by_role("link").first.click()
    lead.get_by_role("radio", name="Draft a new entry").check()
    lead.get_by_role("button", name="Propose").click()
    alert = lead.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Write the answer").click()
    expect(lead.get_by_label("Answer, word for word")).to_be_focused()
    expect(lead.get_by_label("Answer, word for word")).to_have_attribute("aria-invalid", "true")
    assert violations_of(lead) == []


def test_a_proposal_can_be_made_by_keyboard_alone(other_browser: Callable[[], Chat], lead: Page) -> None:
    ask(other_browser, *DONATING)
    lead.goto("/desk/gaps")
    group_of(lead, "charity" if lead.get_by_role("link", name="charity").count() else "donate").get_by_role(
        "link"
    ).first.focus()
    lead.keyboard.press("Enter")
    lead.wait_for_url(re.compile("/desk/gaps/[0-9a-f]{16}"))
    lead.get_by_role("radio", name="Add them to an entry").focus()
    lead.keyboard.press("Space")
    lead.keyboard.press("Tab")
    expect(lead.get_by_label("Entry or intent")).to_be_focused()
    lead.keyboard.type("Can I get my discount paid")
    lead.keyboard.press("Tab")
    lead.keyboard.press("Tab")
    if not lead.get_by_role("button", name="Propose").evaluate("button => button === document.activeElement"):
        lead.get_by_role("button", name="Propose").focus()
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("heading", level=1)).to_contain_text("phrases for pay_to_someone_else")


def test_it_all_works_without_scripts(other_browser: Callable[[], Chat], desk_browser: Callable[..., Page]) -> None:
    ask(other_browser, "tell me something about owls")
    page = desk_browser(Role.LEAD, java_script_enabled=False)
    page.goto("/desk/gaps?days=7")
    group_of(page, "owls").get_by_role("button", name="Not a gap").click()
    expect(page.get_by_role("status")).to_contain_text("put aside")
    page.get_by_label("Standing").select_option(value="dismissed")
    page.get_by_role("button", name="Show").click()
    group_of(page, "owls").get_by_role("button", name="after all").click()
    page.goto("/desk/gaps?days=7")
    group_of(page, "owls").get_by_role("link").first.click()
    page.get_by_role("radio", name="Learn that this has no answer").check()
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("phrases without an answer here")


def test_a_question_cannot_run_in_the_leads_page(
    other_browser: Callable[[], Chat], desk_browser: Callable[..., Page]
) -> None:
    ask(other_browser, "<img src=x onerror=\"document.title='run'\"> javascript owls & foxes?")
    page = desk_browser(Role.LEAD)
    page.goto("/desk/gaps")
    group_of(page, "foxes").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x")
    assert page.title() != "run"
