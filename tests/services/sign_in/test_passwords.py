"""Signing in with a password: who gets in, who does not, and what a refusal tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from bot.adapters.passwords import Argon2Passwords
from bot.core.agents import Agent, Role
from bot.services import manage_agents
from bot.services.ports import InvalidInput
from bot.services.sign_in import (
    ATTEMPT_WINDOW,
    MOST_ATTEMPTS,
    AccessDesk,
    SignInRefused,
    TooManyAttempts,
    linked_agent,
    make_link,
    sign_in,
    who_is,
)
from tests.access import PASSWORD, access_over, agent_with_password
from tests.databases import migrated_database
from tests.fakes import FakeClock
from tests.services.sign_in.anna import HERE, refusal
from tests.timing import taken_in_turn, tells_apart


def test_the_right_password_lets_in_however_the_address_is_written(desk: AccessDesk, anna: Agent) -> None:
    token, awaits_code = sign_in(desk, "  Anna@Desk.Example ", PASSWORD, **HERE)
    who = who_is(desk, token)
    assert who is not None
    assert (who.agent, awaits_code) == (anna, False)


def test_a_wrong_password_and_an_unknown_address_sound_the_same(desk: AccessDesk, anna: Agent) -> None:
    assert refusal(desk, anna.email, "wrong") == refusal(desk, "nobody@desk.example", PASSWORD) == "sign_in_wrong"


class Careless(Argon2Passwords):
    """Saves itself the work where there is nothing to compare."""

    def is_right(self, password: str, password_hash: str) -> bool:
        return bool(password_hash) and super().is_right(password, password_hash)


@pytest.mark.parametrize("passwords", [Argon2Passwords(), Careless()], ids=["ours", "a careless desk"])
def test_an_unknown_address_takes_as_long_as_a_wrong_password(passwords: Argon2Passwords) -> None:
    kept = passwords.hash("x")
    passwords.is_right("y", "")

    def costs(password_hash: str) -> Callable[[int], float]:
        """The processor's time: other processes do not count."""

        def seconds(_: int) -> float:
            began = process_time()
            assert not passwords.is_right("y", password_hash)
            return process_time() - began

        return seconds

    known, unknown = taken_in_turn(6, costs(kept), costs(""))
    assert tells_apart(known, unknown, 0.5 * median(known)) is isinstance(passwords, Careless)


def test_who_has_no_password_yet_cannot_sign_in_with_an_empty_one(desk: AccessDesk) -> None:
    agent, _ = manage_agents.add_agent(desk, "bo@desk.example", "Bo", Role.AGENT)
    assert refusal(desk, agent.email, "") == "sign_in_wrong"


def test_a_disabled_agent_is_out_at_once_and_stays_out(desk: AccessDesk, anna: Agent) -> None:
    token, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    manage_agents.disable_agent(desk, anna)
    assert who_is(desk, token) is None
    assert refusal(desk, anna.email, PASSWORD) == "sign_in_wrong"
    assert linked_agent(desk, make_link(desk, anna, sets_password=True)) is None


def test_the_last_admin_cannot_be_disabled(desk: AccessDesk) -> None:
    first = agent_with_password(desk, "first@desk.example", Role.ADMIN)
    with pytest.raises(InvalidInput, match="last admin"):
        manage_agents.disable_agent(desk, first)
    agent_with_password(desk, "second@desk.example", Role.ADMIN)
    manage_agents.disable_agent(desk, first)


def test_after_too_many_wrong_passwords_not_even_the_right_one_is_looked_at_for_a_while(
    desk: AccessDesk, anna: Agent, clock: FakeClock
) -> None:
    for _ in range(MOST_ATTEMPTS["email"]):
        refusal(desk, anna.email, "wrong")
        clock.move(timedelta(seconds=10))
    with pytest.raises(TooManyAttempts) as refused:
        sign_in(desk, anna.email, PASSWORD, **HERE)
    assert 0 < refused.value.seconds <= ATTEMPT_WINDOW.total_seconds()
    clock.move(timedelta(seconds=refused.value.seconds))
    assert sign_in(desk, anna.email, PASSWORD, **HERE)


def test_one_network_address_cannot_try_many_agents(desk: AccessDesk) -> None:
    for number in range(MOST_ATTEMPTS["address"]):
        refusal(desk, f"agent{number}@desk.example", "wrong")
    with pytest.raises(TooManyAttempts):
        sign_in(desk, "another@desk.example", "wrong", **HERE)
    with pytest.raises(SignInRefused):
        sign_in(desk, "another@desk.example", "wrong", address="198.51.100.9", device="x")


@pytest.mark.parametrize(
    ("email", "name"), [("anna", "Anna"), ("", "Anna"), ("a@b", ""), ("a@b.example", " \n"), ("a b@c.example", "A")]
)
def test_an_agent_needs_an_address_and_a_name(desk: AccessDesk, email: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        manage_agents.add_agent(desk, email, name, Role.AGENT)
    assert desk.agents.all() == []


def test_signs_that_no_keyboard_types_do_not_reach_the_database(tmp_path: Path) -> None:
    with migrated_database("postgresql", tmp_path, "desk") as engine:
        desk, _ = access_over(engine)
        assert refusal(desk, "a\0b@desk.example", PASSWORD) == "sign_in_wrong"
        agent, _ = manage_agents.add_agent(desk, "a\0b@desk.example", "Ab", Role.AGENT)
        assert agent.email == "ab@desk.example"
