"""The agents' desk on the day that the tests' tickets are of, and two agents at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.core.agents import Role
from bot.services.console import Console
from tests.tickets import Desk
from tests.web.desk.conftest import AgentBrowser


@pytest.fixture
def tickets(desk_database: Engine, tmp_path: Path) -> Desk:
    return Desk(desk_database, tmp_path / "uploads")


@pytest.fixture
def own_console(own_console: Console, tickets: Desk) -> Console:
    """On the day that the tests' tickets are of."""
    return replace(own_console, queue=replace(own_console.queue, clock=tickets.clock))


@pytest.fixture
def agent(sign_in_as: Callable[..., AgentBrowser]) -> AgentBrowser:
    return sign_in_as(Role.AGENT, "Anna Holm")


@pytest.fixture
def colleague(sign_in_as: Callable[..., AgentBrowser]) -> AgentBrowser:
    return sign_in_as(Role.AGENT, "Bo Lund")
