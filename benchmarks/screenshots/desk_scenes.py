"""What the pictures of the agents' desk show; they need a desk with its invented activity (``make run``)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from playwright.sync_api import Page, expect

from benchmarks.screenshots.scenes import Scene
from bot.bootstrap_console import access_desk
from bot.config import Settings
from bot.core.agents import Role
from bot.services import manage_agents, sign_in

MAIL = """Hi there,

my name is Jonas and I run a small carpenter's shop. We bought two docking stations and a mouse on 14 November from a
webshop, all on the same invoice. Do I have to upload the invoice once per product? And when would the money arrive
roughly if I send everything in today??

Best regards
Jonas

> On 12 November 2023 support wrote:
> how long does the payment take is explained on our page
"""


def desk_scenes(settings: Settings) -> tuple[Scene, ...]:
    """All scenes of the desk, seen by an agent who is made for them and signed in by a link."""
    return (
        Scene("desk-assist", _signed_in(settings, _assist)),
        Scene("desk-tickets", _signed_in(settings, lambda page: _go(page, "/desk/tickets"))),
        Scene("desk-ticket", _signed_in(settings, _ticket)),
        Scene("desk-claim", _signed_in(settings, _claim)),
        Scene("desk-gaps", _signed_in(settings, lambda page: _go(page, "/desk/gaps"))),
        Scene("desk-insights", _signed_in(settings, lambda page: _go(page, "/desk/insights"))),
    )


def _signed_in(settings: Settings, enact: Callable[[Page], None]) -> Callable[[Page], None]:
    def enter(page: Page) -> None:
        desk = access_desk(settings)
        agent, _ = manage_agents.add_agent(desk, f"{secrets.token_hex(6)}@desk.example", "Anna", Role.ADMIN)
        link = sign_in.make_link(desk, agent, sets_password=False)
        try:
            page.goto(f"/desk/link/{link}")
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/desk/tickets*")
            enact(page)
        finally:
            desk.agents.set_disabled(agent.id, True)

    return enter


def _go(page: Page, path: str) -> None:
    page.goto(path)


def _assist(page: Page) -> None:
    _go(page, "/desk/assist")
    page.locator("#mail").fill(MAIL)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".question").first).to_be_visible(timeout=20_000)


def _ticket(page: Page) -> None:
    page.get_by_role("link", name=re.compile(r"T-\d{4}-\d+")).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _claim(page: Page) -> None:
    _go(page, "/desk/claims/LEN-701823?why=payment")
