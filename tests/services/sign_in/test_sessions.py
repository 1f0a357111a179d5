"""How long a session lasts, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.agents import Agent
from bot.services import manage_agents
from bot.services.sign_in import (
    IDLE,
    LONGEST,
    AccessDesk,
    SignInRefused,
    follow_link,
    make_link,
    sign_in,
    who_is,
)
from tests.access import PASSWORD
from tests.fakes import FakeClock
from tests.services.sign_in.anna import HERE


def test_a_session_ends_when_it_is_not_used_and_at_the_latest_after_half_a_day(
    desk: AccessDesk, anna: Agent, clock: FakeClock
) -> None:
    token, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    clock.move(IDLE)
    assert who_is(desk, token)
    clock.move(IDLE + timedelta(seconds=1))
    assert who_is(desk, token) is None
    token, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    for _ in range(LONGEST // IDLE):
        clock.move(IDLE)
        assert who_is(desk, token)
    clock.move(timedelta(seconds=1))
    assert who_is(desk, token) is None


def test_signing_in_ends_the_session_the_browser_had_before(desk: AccessDesk, anna: Agent) -> None:
    before, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    after, _ = sign_in(desk, anna.email, PASSWORD, **HERE, earlier=before)
    assert after != before
    assert who_is(desk, before) is None and who_is(desk, after) is not None
    by_link = follow_link(desk, make_link(desk, anna, sets_password=False), "", device="x", earlier=after)
    assert who_is(desk, after) is None and who_is(desk, by_link) is not None
    assert sign_in(desk, anna.email, PASSWORD, **HERE, earlier="a cookie that somebody has planted")[0]


def test_a_new_password_ends_the_other_sessions(desk: AccessDesk, anna: Agent) -> None:
    here, elsewhere = (sign_in(desk, anna.email, PASSWORD, **HERE)[0] for _ in range(2))
    who = who_is(desk, here)
    assert who is not None
    with pytest.raises(SignInRefused):
        manage_agents.change_password(desk, who, "wrong", "another good password", address="192.0.2.7")
    manage_agents.change_password(desk, who, PASSWORD, "another good password", address="192.0.2.7")
    assert who_is(desk, here) and who_is(desk, elsewhere) is None
