"""Agents who sign in, and the form they do it with."""

from __future__ import annotations

from fastapi.testclient import TestClient

from bot.core.agents import Role
from bot.services import manage_agents
from bot.services.console import Console
from bot.services.sign_in import follow_link
from tests.access import PASSWORD
from tests.web.desk.conftest import form_token


def typed(browser: TestClient, **fields: str) -> dict[str, str]:
    return {"csrf": form_token(browser.get("/desk/sign-in").text), **fields}


def new_agent(console: Console, role: Role = Role.AGENT) -> str:
    """The address of an agent who has chosen ``PASSWORD``."""
    agent, link = manage_agents.add_agent(console.access, f"{role.value}@desk.example", "Bo <b>Berg</b>", role)
    follow_link(console.access, link, PASSWORD, device="x")
    return agent.email
