"""Insights in a real browser: axe in every look, small screens, the keyboard, what the pointer shows, and an empty desk."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.adapters.sql.conversation_tables import conversations
from bot.adapters.sql.desk_tables import lookup_attempts
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.ticket_tables import tickets
from bot.commands.sample_activity import sample_activity
from bot.config import ROOT, read_settings
from bot.core.agents import Role
from tests.browser.axe import violations_of
from tests.processes.running_desk import RunningDesk

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}},
    "dark phone": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}
PICTURES = ROOT / "reports" / "screenshots"


@pytest.fixture(scope="module")
def sample(desk: RunningDesk) -> None:
    """Some weeks of invented activity in the running desk, in place of whatever other tests left there."""
    settings = read_settings(desk.settings)
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        for table in (conversations, tickets, lookup_attempts):
            connection.execute(table.delete())
    engine.dispose()
    sample_activity(settings, demo=True)


@pytest.fixture
def lead(desk_browser: Callable[..., Page]) -> Callable[..., Page]:
    """A lead's browser at the insights."""

    def opened(period: str = "30d", **options: Any) -> Page:
        page = desk_browser(Role.LEAD, **options)
        page.goto(f"/desk/insights?period={period}")
        return page

    return opened


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut_off(sample: None, lead: Callable[..., Page], look: str) -> None:
    page = lead("90d", bypass_csp=True, **LOOKS[look])
    for details in page.locator("details.numbers").all():
        details.locator("summary").click()
    assert violations_of(page) == []
    too_wide = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
          .map((one) => one.outerHTML.slice(0, 200))"""
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), too_wide
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.view svg text, .view svg rect.part, .view svg.marker > *')]
          .filter((one) => getComputedStyle(one).visibility !== 'hidden' && one.getBoundingClientRect().width > 0)
          .filter((one) => {
            const card = one.closest('.view').getBoundingClientRect(), own = one.getBoundingClientRect();
            return own.left < card.left || own.right > card.right + 1;
          }).map((one) => one.outerHTML)"""
    )
    assert outside == []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"insights-{look.replace(' ', '-')}.png", full_page=True)


@pytest.mark.parametrize("period", ["7d", "30d", "90d", "all", "2023-11-28..2023-12-03"])
@pytest.mark.parametrize("width", [320, 1280])
def test_dates_under_a_plot_never_run_into_each_other(
    sample: None, lead: Callable[..., Page], period: str, width: int
) -> None:
    page = lead(period, viewport={"width": width, "height": 800})
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll('.plot')].flatMap((plot) => {
          const dates = [...plot.querySelectorAll('g.over-columns > text.tick')]
            .filter((one) => getComputedStyle(one).display !== 'none')
            .map((one) => [one.textContent, one.getBoundingClientRect()]);
          return dates.slice(1).filter(([, own], place) => own.left < dates[place][1].right + 2).map(([text]) => text);
        })"""
    )
    assert page.locator(".plot").count() >= 4
    assert overlaps == []


def test_an_empty_period_says_so_and_draws_nothing(lead: Callable[..., Page]) -> None:
    page = lead("2023-01-01..2023-01-31", bypass_csp=True, viewport={"width": 320, "height": 640})
    expect(page.get_by_text("No conversation in these days.")).to_have_count(2)
    expect(page.locator(".plot")).to_have_count(0)
    assert violations_of(page) == []


def test_the_pointer_shows_the_numbers_of_a_column(sample: None, lead: Callable[..., Page]) -> None:
    page = lead("30d")
    plot = page.get_by_role("region", name="What came of messages").get_by_role("img")
    reading = plot.locator(".reading", has_text=re.compile("^30 Nov: "))
    expect(reading).to_be_hidden()
    column = plot.locator(".column", has=page.locator(".reading", has_text=re.compile("^30 Nov: ")))
    column.locator(".room").hover(position={"x": 3, "y": 3})
    expect(reading).to_be_visible()
    expect(plot.locator(".reading:visible")).to_have_count(1)
    expect(reading).to_contain_text("answered")


def test_a_file_is_fetched_by_keyboard_and_has_the_numbers(
    sample: None, lead: Callable[..., Page], tmp_path: Path
) -> None:
    page = lead("30d")
    region = page.get_by_role("region", name="Most asked questions")
    region.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "questions-2023-11-16-2023-12-15.csv"
    waiting.value.save_as(tmp_path / "questions.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "questions.csv").read_text(encoding="utf-8-sig"))))
    shown = region.locator("tbody tr").first.locator("td").all_inner_texts()
    assert [cell.strip() for cell in shown] == rows[1]
    page.keyboard.press("Tab")
    expect(region.get_by_role("region", name="Numbers of Most asked questions")).to_be_focused()


def test_another_period_is_chosen_by_a_form_and_without_any_script(sample: None, lead: Callable[..., Page]) -> None:
    page = lead("30d")
    expect(page.locator("script:not([src$='/sign-out.js'])")).to_have_count(0)
    page.get_by_label("From").fill("2023-11-27")
    page.get_by_label("to", exact=True).fill("2023-12-03")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("27 November 2023 to 3 December 2023.")).to_be_visible()
    page.get_by_role("link", name="7 days").click()
    expect(page.get_by_role("link", name="7 days")).to_have_attribute("aria-current", "true")


def test_every_series_has_a_pattern_of_its_own(sample: None, lead: Callable[..., Page]) -> None:
    page = lead("90d", forced_colors="active")
    fills = page.evaluate(
        """() => [...document.querySelectorAll('.legend')].map((legend) =>
          [...legend.querySelectorAll('rect.part')].map((one) => one.getAttribute('fill')))"""
    )
    patterns = [fill[5:-1] for legend in fills for fill in legend]
    assert len(patterns) >= 8
    drawn = {name: page.locator(f"pattern#{name}").inner_html() for name in set(patterns)}
    shapes = {name: re.sub(r"ink-\w+|\s", "", html) for name, html in drawn.items()}
    for legend in fills:
        assert len({shapes[fill[5:-1]] for fill in legend}) == len(legend)
