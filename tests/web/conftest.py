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
from bot.adapters.replies_file import read_wording
from bot.services.gateway import Gateway
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.fakes import FakeBot, FakeClock, FakeConversations, FakeEnquiries
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
def gateway(bot: FakeBot, clock: FakeClock) -> Gateway:
    return Gateway(
        bot=bot,
        conversations=FakeConversations(),
        enquiries=FakeEnquiries(),
        faq=read_faq(FAQ),
        promotion=lenovo_like(),
        wording=read_wording(FAQ / "replies"),
        clock=clock,
        secret="a secret for tests",
        is_demonstration=True,
        checks={},
    )


@pytest.fixture
def limits() -> Limits:
    return Limits(per_session=1000, per_address=1000)


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
        if tag in ("input", "button") and "name" in given:
            self.fields.setdefault(given["name"], given.get("value", ""))
        if tag == "a":
            self.links.append(given)

    def handle_data(self, data: str) -> None:
        self.text += data
