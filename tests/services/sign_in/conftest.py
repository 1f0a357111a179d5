"""A desk to sign in to, its clock, and Anna, who has a password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.agents import Agent
from bot.services.sign_in import (
    AccessDesk,
)
from tests.access import access_over, agent_with_password
from tests.databases import migrated_database
from tests.fakes import FakeClock


@pytest.fixture
def desk_and_clock(tmp_path: Path) -> Iterator[tuple[AccessDesk, FakeClock]]:
    with migrated_database("sqlite", tmp_path, "desk") as engine:
        yield access_over(engine)


@pytest.fixture
def desk(desk_and_clock: tuple[AccessDesk, FakeClock]) -> AccessDesk:
    return desk_and_clock[0]


@pytest.fixture
def clock(desk_and_clock: tuple[AccessDesk, FakeClock]) -> FakeClock:
    return desk_and_clock[1]


@pytest.fixture
def anna(desk: AccessDesk) -> Agent:
    return agent_with_password(desk)
