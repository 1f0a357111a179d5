"""Signing in as agents do it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from bot.core.agents import Role
from tests.browser.axe import violations_of
from tests.browser.conftest import Visits
from tests.browser.desk.conftest import PASSWORD
from tests.processes.running_desk import RunningDesk


def test_the_demonstration_prints_a_link_that_signs_in_once(desk: RunningDesk, visits: Visits) -> None:
    link = next(line.rpartition(" ")[2] for line in desk.terminal.splitlines() if "/desk/link/" in line)
    path = link[link.index("/desk/") :]
    page = visits.page(path)
    expect(page.get_by_role("button", name="Sign in")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/tickets*")
    page.goto("/desk/account")
    expect(page.get_by_role("navigation", name="Desk").get_by_role("link")).to_have_count(7)
    again = visits.page(path)
    expect(again.get_by_role("alert")).to_contain_text("no longer valid")


def test_an_agent_sets_up_an_app_and_signs_in_with_it_by_keyboard_alone(
    desk_browser: Callable[..., Page], visits: Visits
) -> None:
    page = desk_browser(Role.AGENT, bypass_csp=True)
    page.goto("/desk/account")
    email = (page.locator("main > p.quiet").inner_text()).split(" ")[0]
    page.get_by_role("button", name="Set up a second factor").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    app = pyotp.TOTP(page.locator("code.key").inner_text())
    page.get_by_label("Code of your app").fill(app.now())
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("status")).to_contain_text("asked for a code")
    assert violations_of(page) == []
    fresh = visits.page("/desk/account", bypass_csp=True)
    fresh.get_by_label("E-mail address").focus()
    fresh.keyboard.type(email)
    fresh.keyboard.press("Tab")
    fresh.keyboard.type(PASSWORD)
    fresh.keyboard.press("Enter")
    expect(fresh.get_by_role("heading", name="One more step")).to_be_visible()
    assert violations_of(fresh) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_access_keep_nobody_out(
    visits: Visits, desk_browser: Callable[..., Page], width: int, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "bypass_csp": True}
    pages = [visits.page("/desk/sign-in", **options)]
    page = desk_browser(Role.ADMIN, **options)
    for path in ("/desk/account", "/desk/team"):
        page.goto(path)
        pages.append(page)
        assert violations_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations_of(pages[0]) == []


def test_an_agent_finds_only_what_the_role_includes(desk_browser: Callable[..., Page]) -> None:
    page = desk_browser(Role.AGENT)
    page.goto("/desk/account")
    assert page.get_by_role("navigation", name="Desk").get_by_role("link").all_inner_texts() == [
        "Assistant", "Tickets", "Claims"
    ]  # fmt: skip
    page.goto("/desk/team")
    expect(page.get_by_text("Your role does not include this.")).to_be_visible()


def test_signing_out_leaves_no_draft_in_the_tab_and_the_way_back_shows_nothing(
    desk_browser: Callable[..., Page],
) -> None:
    page = desk_browser(Role.AGENT)
    page.goto("/desk/tickets")
    page.evaluate("sessionStorage.setItem('desk-draft:T-2023-000001:answer', 'Dear Ms Berg')")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/desk/sign-in*")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('desk-'))") == []
    page.go_back()
    page.wait_for_url("**/desk/sign-in*")
    expect(page.get_by_label("E-mail address")).to_be_visible()
