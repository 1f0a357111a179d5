"""One small desk for all tests of tickets, and Anna's browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from bot.core.agents import Role
from tests.browser.desk.tickets.small_desk import SmallDesk
from tests.mail_server import MailServer
from tests.tickets import Desk


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDesk]:
    with MailServer() as server:
        made = SmallDesk(tmp_path_factory.mktemp("small-desk"), server)
        yield made
        made.stop()


@pytest.fixture
def tickets(desk: SmallDesk) -> Desk:
    desk.empty()
    return desk.tickets


@pytest.fixture
def anna(tickets: Desk, desk_browser: Callable[..., Page]) -> Page:
    """Anna's browser, at the queue."""
    return desk_browser(Role.AGENT, "Anna Holm")
