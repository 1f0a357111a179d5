"""The agents' desk over a real SQLite database, and agents of each role to visit it with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.migrate import migrate
from bot.bootstrap_console import console
from bot.bootstrap_content import Content
from bot.config import Settings, read_settings
from bot.core.agents import Agent, Role
from bot.services import manage_agents, sign_in
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.access import PASSWORD, QUICK
from tests.fakes import FakeBot
from tests.web.conftest import HOST


@pytest.fixture(scope="session")
def _empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk database with all tables and nothing in them, made once and copied."""
    file = tmp_path_factory.mktemp("empty-desk") / "desk.db"
    migrate(f"sqlite:///{file}", "desk")
    return file


@pytest.fixture(scope="session")
def _empty_claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for the claims database."""
    file = tmp_path_factory.mktemp("empty-claims") / "claims.db"
    migrate(f"sqlite:///{file}", "claims")
    return file


@pytest.fixture
def desk_settings(_empty_desk: Path, _empty_claims: Path, tmp_path: Path) -> Settings:
    shutil.copy(_empty_desk, tmp_path / "desk.db")
    shutil.copy(_empty_claims, tmp_path / "claims.db")
    return read_settings(
        {
            "PROMODESK_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}",
            "PROMODESK_CLAIMS_URL": f"sqlite:///{tmp_path / 'claims.db'}",
            "PROMODESK_UPLOADS": str(tmp_path / "uploads"),
            "PROMODESK_TODAY": "2023-12-15",
            "PROMODESK_SECRET": "a secret for tests",
        }
    )


@pytest.fixture
def desk_database(desk_settings: Settings) -> Iterator[Engine]:
    engine = make_engine(desk_settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def claims_database(desk_settings: Settings) -> Iterator[Engine]:
    """For filling it; the console has an engine of its own that only reads."""
    engine = make_engine(desk_settings.claims_url)
    yield engine
    engine.dispose()


@pytest.fixture
def own_console(desk_settings: Settings, desk_database: Engine, gateway: Gateway, bot: FakeBot) -> Console:
    claims = make_engine(desk_settings.claims_url, read_only=True)
    own = Content(gateway.faq, gateway.promotion, gateway.wording, gateway.clock)
    made = console(desk_settings, desk_database, claims, own, bot)
    return replace(made, access=replace(made.access, passwords=QUICK))


@pytest.fixture
def console_app(gateway: Gateway, own_console: Console, limits: Limits) -> FastAPI:
    """A gateway with the agents' desk."""
    return create_app(replace(gateway, console=own_console), limits)


class AgentBrowser(TestClient):
    """The browser of an agent; ``token`` is what its forms carry."""

    agent: Agent
    token: str

    def submit(self, path: str, **typed: str):  # noqa: ANN201 - what a TestClient returns
        """Send a form of the desk."""
        return self.post(path, data={"csrf": self.token, **typed}, follow_redirects=False)


@pytest.fixture
def nobody(console_app: FastAPI) -> TestClient:
    """A browser in which nobody is signed in."""
    return TestClient(console_app, base_url=HOST, raise_server_exceptions=False)


@pytest.fixture
def sign_in_as(console_app: FastAPI, own_console: Console) -> Callable[..., AgentBrowser]:
    """Makes an agent of a role with a browser in which they are signed in."""

    def signed_in(role: Role = Role.AGENT, name: str = "") -> AgentBrowser:
        name = name or f"{role.value} {len(own_console.access.agents.all()) + 1}"
        agent, link = manage_agents.add_agent(own_console.access, f"{name.replace(' ', '.')}@desk.example", name, role)
        token = sign_in.follow_link(own_console.access, link, PASSWORD, device="a test")
        browser = AgentBrowser(console_app, base_url=HOST, raise_server_exceptions=False)
        browser.cookies.set("desk-agent", token)
        browser.agent = agent
        browser.token = form_token(browser.get("/desk/account").text)
        return browser

    return signed_in


def form_token(page: str) -> str:
    """The token that a page's forms carry."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found, page[:500]
    return found.group(1)
