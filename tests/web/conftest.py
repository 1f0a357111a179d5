"""A gateway over fakes, with the promotion's own words, and browsers to visit it with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.adapters.faq_files import read_faq
from bot.adapters.file_inspector import ProcessInspector
from bot.adapters.file_store import FolderStore
from bot.adapters.interface_files import read_interfaces
from bot.adapters.memory_limits import MemoryTurns, MemoryWindows
from bot.adapters.replies_file import read_wording
from bot.services.compose_mails import MailComposer
from bot.services.gateway import Gateway
from bot.services.keep_uploads import UploadDesk
from bot.services.open_ticket import TicketDesk
from bot.services.prefill_ticket import topics
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.fakes import FakeBacklogs, FakeBot, FakeClock, FakeConversations, FakeLookups, FakeTickets, FakeUploads
from tests.promotions import lenovo_like

FAQ = Path(__file__).parents[2] / "faq"
HOST = "http://desk.test"


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
def clock() -> FakeClock:
    promotion = lenovo_like()
    return FakeClock(datetime(2023, 12, 15, 10, 0, tzinfo=promotion.time_zone))


@pytest.fixture
def gateway(bot: FakeBot, clock: FakeClock, tmp_path: Path) -> Gateway:
    """Over fakes; files are inspected and kept for real."""
    faq, promotion, wording, conversations = (
        read_faq(FAQ),
        lenovo_like(),
        read_wording(FAQ / "replies"),
        FakeConversations(),
    )
    return Gateway(
        bot=bot,
        conversations=conversations,
        lookups=FakeLookups(),
        contact=TicketDesk(
            tickets=FakeTickets(),
            conversations=conversations,
            promotion=promotion,
            clock=clock,
            topics=topics(faq, wording),
            mails=MailComposer(wording, promotion, "support@desk.test", "no-reply@desk.test"),
        ),
        files=UploadDesk(FakeUploads(), FolderStore(tmp_path / "uploads"), ProcessInspector()),
        backlogs=FakeBacklogs(),
        faq=faq,
        promotion=promotion,
        wording=wording,
        clock=clock,
        secret="a secret for tests",
        is_demonstration=True,
        checks={},
        interfaces=read_interfaces(FAQ / "interface"),
        windows=MemoryWindows(),
        turns=MemoryTurns(),
    )


@pytest.fixture
def limits() -> Limits:
    return Limits(per_session=1000, per_address=1000, fill_seconds=0)


@pytest.fixture
def app(gateway: Gateway, limits: Limits) -> FastAPI:
    return create_app(gateway, limits)


@pytest.fixture
def browser(app: FastAPI) -> Callable[[], TestClient]:
    """Makes browsers: each has its own cookies, all visit the same gateway."""
    return lambda: TestClient(app, base_url=HOST, raise_server_exceptions=False)


@pytest.fixture
def client(browser: Callable[[], TestClient]) -> TestClient:
    return browser()


class Page(HTMLParser):
    """The parts of a page that tests look at: forms' fields, links, ids, and tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.ticked: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("type") == "checkbox":
            if "checked" in given:
                self.ticked.append((given.get("name", ""), given.get("value", "")))
        elif tag in ("input", "button") and "name" in given:
            self.fields.setdefault(given["name"], given.get("value", ""))
        if tag == "a":
            self.links.append(given)

    def handle_data(self, data: str) -> None:
        self.text += data
