"""A real desk and a real browser for all tests of what customers see; each test has a browser profile of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.screenshots.camera import chromium_path, start_chromium
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from tests.browser.chat_page import SECONDS, Chat
from tests.browser.guest_site import GuestSite
from tests.processes import planted
from tests.processes.running_desk import RunningDesk

# What a page is to show comes at once; on a busy machine it may take its time.
expect.set_options(timeout=SECONDS)

VIOLATIONS = """
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  violations.push(`${violatedDirective} ${blockedURI} ${sample}`));
"""


@pytest.fixture(scope="package")
def guests() -> Iterator[tuple[GuestSite, GuestSite]]:
    """Two other sites: the first is named in the desk's settings, the second is not."""
    named, unnamed = GuestSite(), GuestSite()
    yield named, unnamed
    named.close()
    unnamed.close()


@pytest.fixture(scope="package")
def desk(
    trained_model: Path, tmp_path_factory: pytest.TempPathFactory, guests: tuple[GuestSite, GuestSite]
) -> Iterator[RunningDesk]:
    """The whole desk with sample data and the planted claims, started once."""
    desk = RunningDesk(tmp_path_factory.mktemp("browser-desk"))
    desk.settings["PROMODESK_EMBED_ORIGINS"] = guests[0].origin
    desk.start()
    engine = make_engine(desk.settings["PROMODESK_CLAIMS_URL"])
    import_claims(engine, planted.PROMOTION, planted.CLAIMS)
    engine.dispose()
    yield desk
    desk.stop()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium as the system has it. For the package only: Playwright keeps an event loop running."""
    path = chromium_path()
    if path is None:
        why = "no Chromium; install it (apt-get install chromium), or set PROMODESK_TEST_CHROMIUM to its program"
        if os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    with sync_playwright() as playwright:
        browser = start_chromium(playwright, path)
        yield browser
        browser.close()


class Visits:
    """Opens browsers, and notes what must not happen in any of them."""

    def __init__(self, chromium: Browser, url: str) -> None:
        self._chromium = chromium
        self.url = url
        self.contexts: list[BrowserContext] = []
        self._without_scripts: list[BrowserContext] = []
        self.errors: list[str] = []
        self.requests: list[str] = []

    def browser(self, **options: Any) -> BrowserContext:
        """A browser with a fresh profile."""
        context = self._chromium.new_context(
            base_url=self.url, **{"viewport": {"width": 1280, "height": 800}, **options}
        )
        context.add_init_script(VIOLATIONS)
        context.on("page", self._watch)
        self.contexts.append(context)
        if not options.get("java_script_enabled", True):
            self._without_scripts.append(context)
        return context

    def page(self, path: str = "/", **options: Any) -> Page:
        """The page in a fresh browser."""
        page = self.browser(**options).new_page()
        page.goto(path)
        return page

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    @property
    def violations(self) -> list[str]:
        # Without scripts there is nothing to ask a page for.
        asked = [context for context in self.contexts if context not in self._without_scripts]
        pages = [page for context in asked for page in context.pages if page.url.startswith("http")]
        return [one for page in pages for one in page.evaluate("globalThis.violations ?? []")]


@pytest.fixture
def visits(chromium: Browser, desk: RunningDesk) -> Iterator[Visits]:
    """Browsers; afterwards no script has failed in them, no policy was broken, nobody else was asked for anything."""
    visits = Visits(chromium, desk.url)
    yield visits
    violations = visits.violations
    for context in visits.contexts:
        context.close()
    assert visits.errors == []
    assert violations == []
    assert [url for url in visits.requests if not url.startswith(("http://127.0.0.1:", "about:", "data:"))] == []


@pytest.fixture
def page(visits: Visits) -> Page:
    """The promotion's page in a fresh browser."""
    return visits.page()


@pytest.fixture
def chat(page: Page) -> Chat:
    """The chat on it, open."""
    return Chat(page).open()


@pytest.fixture
def other_browser(visits: Visits) -> Callable[[], Chat]:
    """The chat in one more fresh browser."""
    return lambda: Chat(visits.page()).open()
