"""What happens at the desk is told in every open page, without a reload."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from bot.core.agents import Role
from bot.core.tickets import TicketState
from bot.services import manage_agents
from bot.services.answer_ticket import answer_ticket
from tests.browser.conftest import Visits
from tests.browser.desk.tickets.small_desk import LIVE, SmallDesk, rows
from tests.tickets import BO, Desk


def test_what_others_do_appears_without_a_reload(anna: Page, tickets: Desk) -> None:
    taken, other = tickets.open(timedelta(hours=2)), tickets.open(timedelta(hours=1))
    anna.goto("/desk/tickets")
    expect(anna.get_by_role("button", name=f"Take {taken}")).to_be_visible()
    answer_ticket(tickets.queue, tickets.asked(BO, taken), "Hello.", TicketState.WAITING)

    row = anna.locator(f'[data-reference="{taken}"]')
    expect(row).to_contain_text("Waiting for customer", timeout=LIVE)
    expect(row).to_contain_text("Bo Lund")
    expect(row.get_by_role("button")).to_have_count(0)
    expect(anna.get_by_role("link", name="Open 1", exact=True)).to_be_visible()
    expect(anna.get_by_role("link", name="Waiting 1", exact=True)).to_be_visible()
    expect(anna.locator("#news")).to_have_text("")
    assert rows(anna) == [taken, other], "nothing moves under the pointer"


def test_only_what_the_filter_shows_is_announced(anna: Page, tickets: Desk) -> None:
    tickets.open(topic="Payment")
    anna.goto("/desk/tickets?q=payment-word")
    tickets.open(message="Nothing of it.")
    tickets.open(message="A payment-word.")
    expect(anna.locator("#news")).to_have_text("1 new ticket", timeout=LIVE)
    anna.get_by_role("link", name="Show", exact=True).click()
    expect(anna).to_have_url(re.compile(r"\?q=payment-word$"))
    expect(anna.locator("a.open-ticket")).to_have_count(1)


def test_an_agent_who_is_disabled_hears_of_it_and_sees_nothing_more(
    tickets: Desk, desk: SmallDesk, desk_browser: Callable[..., Page]
) -> None:
    page = desk_browser(Role.AGENT, "Gone Soon")
    (agent,) = (one for one in desk.access.agents.all() if one.name == "Gone Soon")
    manage_agents.disable_agent(desk.access, agent)
    expect(page.locator("#news")).to_contain_text("You are signed out", timeout=30_000)
    tickets.open()
    page.goto("/desk/tickets")
    expect(page).to_have_url(re.compile("/desk/sign-in"))


def test_many_tabs_share_one_stream_and_another_goes_on_when_the_first_is_closed(
    anna: Page, tickets: Desk, visits: Visits
) -> None:
    def streams() -> int:
        return len([url for url in visits.requests if "/desk/tickets/events" in url])

    others = [anna.context.new_page() for _ in range(7)]
    for other in others:
        other.goto("/desk/tickets")
    assert streams() == 1
    tickets.open()
    for page in (anna, *others):
        expect(page.locator("#news")).to_have_text("1 new ticket", timeout=LIVE)
    anna.close()
    tickets.open()
    for other in others:
        expect(other.locator("#news")).to_have_text("2 new tickets", timeout=2 * LIVE)
    assert streams() == 2
