"""Signing in over a real database, with a clock that tests move and hashes that are quick."""

from __future__ import annotations

from datetime import datetime, timezone

from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from bot.adapters.passwords import Argon2Passwords
from bot.adapters.second_factor import AppCodes
from bot.adapters.sql.agent_sessions import SqlAgentSessions, SqlSignInAttempts, SqlSignInLinks
from bot.adapters.sql.agents import SqlAgents
from bot.core.agents import Agent, Role
from bot.services.manage_agents import add_agent
from bot.services.sign_in import AccessDesk, follow_link
from tests.fakes import FakeClock

QUICK = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Argon2id as ever, with so little work that tests are quick."""
PASSWORD = "seven green umbrellas"
SECRET = "a secret for tests"


def access_over(engine: Engine) -> tuple[AccessDesk, FakeClock]:
    """Everything for signing in, and the clock it goes by."""
    clock = FakeClock(datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc))
    desk = AccessDesk(
        agents=SqlAgents(engine),
        sessions=SqlAgentSessions(engine, SECRET),
        links=SqlSignInLinks(engine, SECRET),
        attempts=SqlSignInAttempts(engine, SECRET),
        passwords=QUICK,
        codes=AppCodes(SECRET),
        clock=clock,
    )
    return desk, clock


def agent_with_password(desk: AccessDesk, email: str = "anna@desk.example", role: Role = Role.AGENT) -> Agent:
    """An agent who has chosen ``PASSWORD``."""
    agent, link = add_agent(desk, email, "Anna Holm", role)
    follow_link(desk, link, PASSWORD, device="a test")
    return agent
