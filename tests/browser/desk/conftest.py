"""Agents' browsers at the running desk."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from bot.bootstrap_console import access_desk
from bot.config import read_settings
from bot.core.agents import Role
from bot.services import manage_agents
from tests.browser.conftest import Visits
from tests.processes.running_desk import RunningDesk

PASSWORD = "seven green umbrellas"


@pytest.fixture
def invite(desk: RunningDesk) -> Callable[..., str]:
    """Adds an agent of a role to the running desk; gives the address at which they choose their password."""

    def invited(role: Role = Role.AGENT, name: str = "") -> str:
        access = access_desk(read_settings(desk.settings))
        email = f"{secrets.token_hex(4)}@desk.example"
        _, link = manage_agents.add_agent(access, email, name or f"{role.value.title()} {email[:4]}", role)
        return f"/desk/link/{link}"

    return invited


@pytest.fixture
def desk_browser(visits: Visits, invite: Callable[..., str]) -> Callable[..., Page]:
    """A fresh browser in which an agent of this role has just signed in; it stands at the desk's first page."""

    def signed_in(role: Role = Role.AGENT, name: str = "", **options: Any) -> Page:
        page = visits.page(invite(role, name), **options)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("The same password again").fill(PASSWORD)
        page.get_by_role("button", name="Keep it and sign in").click()
        page.wait_for_url("**/desk/tickets*")
        return page

    return signed_in
