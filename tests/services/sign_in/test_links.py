"""A link lets in once and sets the password; a reset takes everything away."""

from __future__ import annotations

import pytest

from bot.core.agents import Agent, Role
from bot.services import manage_agents
from bot.services.sign_in import (
    LINK_TIME,
    AccessDesk,
    SignInRefused,
    follow_link,
    make_link,
    sign_in,
    who_is,
)
from tests.access import PASSWORD
from tests.fakes import FakeClock
from tests.services.sign_in.anna import HERE, refusal, with_app


def test_a_link_lets_in_once_and_sets_the_password(desk: AccessDesk, clock: FakeClock) -> None:
    agent, link = manage_agents.add_agent(desk, "Bo@desk.example", "Bo", Role.LEAD)
    with pytest.raises(SignInRefused) as refused:
        follow_link(desk, link, "short", device="x")
    assert refused.value.key == "password_too_short"
    assert who_is(desk, follow_link(desk, link, PASSWORD, device="x"))
    with pytest.raises(SignInRefused):
        follow_link(desk, link, PASSWORD, device="x")
    assert sign_in(desk, agent.email, PASSWORD, **HERE)


def test_an_old_link_lets_nobody_in(desk: AccessDesk, clock: FakeClock) -> None:
    _, link = manage_agents.add_agent(desk, "bo@desk.example", "Bo", Role.LEAD)
    clock.move(LINK_TIME)
    with pytest.raises(SignInRefused):
        follow_link(desk, link, PASSWORD, device="x")


def test_a_reset_takes_password_app_and_sessions_away(desk: AccessDesk, anna: Agent) -> None:
    with_app(desk, anna)
    token = follow_link(desk, make_link(desk, anna, sets_password=False), "", device="x")
    link = manage_agents.reset_agent(desk, anna)
    assert who_is(desk, token) is None
    assert refusal(desk, anna.email, PASSWORD) == "sign_in_wrong"
    follow_link(desk, link, "another good password", device="x")
    assert sign_in(desk, anna.email, "another good password", **HERE)[1] is False
