"""``promodesk agent`` on a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap_console import access_desk
from bot.commands import agents
from bot.config import Settings, read_settings
from bot.core.agents import Role
from bot.services.ports import InvalidInput
from bot.services.sign_in import follow_link, linked_agent
from tests.access import PASSWORD


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"PROMODESK_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}", "PROMODESK_PORT": "8123"})


def last_link(capsys: pytest.CaptureFixture[str]) -> str:
    line = capsys.readouterr().out.strip().splitlines()[-1]
    assert line.startswith("http://localhost:8123/desk/link/")
    return line.rpartition("/")[2]


def test_an_agent_is_added_listed_reset_and_disabled(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    agents.list_all(settings)
    assert "nobody yet" in capsys.readouterr().out
    agents.add(settings, "anna@desk.example", "", "admin")
    access = access_desk(settings)
    assert follow_link(access, last_link(capsys), PASSWORD, device="x")
    agents.add(settings, "bo@desk.example", "Bo Berg", "agent")
    capsys.readouterr()
    agents.reset(settings, "Anna@desk.example")
    assert linked_agent(access, last_link(capsys))
    agents.change_role(settings, "bo@desk.example", "lead")
    assert "Bo Berg is a lead now" in capsys.readouterr().out
    agents.disable(settings, "bo@desk.example")
    capsys.readouterr()
    agents.list_all(settings)
    listed = capsys.readouterr().out
    assert "anna" in listed and "Bo Berg" in listed and "lead, disabled" in listed


@pytest.mark.parametrize(
    ("role", "email", "complaint"),
    [("boss", "anna@desk.example", "agent, lead, admin"), ("lead", "anna", "no e-mail address")],
)
def test_a_mistake_is_said_with_what_to_do(settings: Settings, role: str, email: str, complaint: str) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        agents.add(settings, email, "", role)


def test_who_is_not_there_cannot_be_reset_or_added_twice(settings: Settings) -> None:
    for change in (agents.reset, agents.disable):
        with pytest.raises(InvalidInput, match="no agent"):
            change(settings, "anna@desk.example")
    agents.add(settings, "anna@desk.example", "Anna", "lead")
    with pytest.raises(InvalidInput, match="already"):
        agents.add(settings, "ANNA@desk.example", "Anna", "lead")


def test_the_demonstration_has_a_new_link_at_every_start_and_no_password(settings: Settings) -> None:
    agents._desk(settings)
    first, second = agents.demonstration_link(settings), agents.demonstration_link(settings)
    access = access_desk(settings)
    assert linked_agent(access, first.rpartition("/")[2]) is None
    found = linked_agent(access, second.rpartition("/")[2])
    assert found is not None
    agent, link = found
    assert (agent.role, link.sets_password) == (Role.ADMIN, False)
    known = access.agents.find(agent.id)
    assert known is not None and known.password_hash == ""
