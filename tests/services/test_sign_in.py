"""Signing in: who gets in, who does not, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

import pyotp
import pytest

from bot.adapters.passwords import Argon2Passwords
from bot.core.agents import Agent, Role
from bot.services import manage_agents
from bot.services.ports import InvalidInput
from bot.services.sign_in import (
    ATTEMPT_WINDOW,
    CODE_TIME,
    IDLE,
    LINK_TIME,
    LONGEST,
    MOST_ATTEMPTS,
    AccessDesk,
    SignInRefused,
    TooManyAttempts,
    confirm_code,
    follow_link,
    linked_agent,
    make_link,
    sign_in,
    who_is,
)
from tests.access import PASSWORD, access_over, agent_with_password
from tests.databases import migrated_database
from tests.fakes import FakeClock
from tests.timing import taken_in_turn, tells_apart

HERE = {"address": "192.0.2.7", "device": "Firefox on Linux"}


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


def refusal(desk: AccessDesk, email: str, password: str) -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(desk, email, password, **HERE)
    return refused.value.key


def test_signs_that_no_keyboard_types_do_not_reach_the_database(tmp_path: Path) -> None:
    with migrated_database("postgresql", tmp_path, "desk") as engine:
        desk, _ = access_over(engine)
        assert refusal(desk, "a\0b@desk.example", PASSWORD) == "sign_in_wrong"
        agent, _ = manage_agents.add_agent(desk, "a\0b@desk.example", "Ab", Role.AGENT)
        assert agent.email == "ab@desk.example"


def with_app(desk: AccessDesk, anna: Agent) -> pyotp.TOTP:
    """An authenticator app that Anna has set up."""
    secret = desk.codes.new_secret()
    who = who_is(desk, sign_in(desk, anna.email, PASSWORD, **HERE)[0])
    assert who is not None
    app = pyotp.TOTP(secret)
    manage_agents.set_up_second_factor(desk, who, secret, app.at(desk.clock.now()), address="192.0.2.7")
    return app


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


def test_with_an_app_the_password_alone_lets_nobody_in(desk: AccessDesk, anna: Agent, clock: FakeClock) -> None:
    app = with_app(desk, anna)
    clock.move(timedelta(minutes=1))
    waiting, awaits_code = sign_in(desk, anna.email, PASSWORD, **HERE)
    assert awaits_code and who_is(desk, waiting) is None
    token = confirm_code(desk, waiting, f" {app.at(clock.now())[:3]} {app.at(clock.now())[3:]}", address="192.0.2.7")
    assert token != waiting
    assert who_is(desk, token)
    assert who_is(desk, waiting) is None


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "١٢٣٤٥٦", "9" * 400, "-1", "1e5"])
def test_a_wrong_code_lets_nobody_in(desk: AccessDesk, anna: Agent, clock: FakeClock, code: str) -> None:
    with_app(desk, anna)
    waiting, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    with pytest.raises(SignInRefused):
        confirm_code(desk, waiting, code, address="192.0.2.7")
    assert who_is(desk, waiting) is None


def test_a_code_is_taken_once(desk: AccessDesk, anna: Agent, clock: FakeClock) -> None:
    app = with_app(desk, anna)
    clock.move(timedelta(minutes=1))
    code = app.at(clock.now())
    for is_first in (True, False):
        waiting, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
        if is_first:
            assert confirm_code(desk, waiting, code, address="192.0.2.7")
        else:
            with pytest.raises(SignInRefused):
                confirm_code(desk, waiting, code, address="192.0.2.7")


def test_codes_cannot_be_tried_without_end(desk: AccessDesk, anna: Agent) -> None:
    with_app(desk, anna)
    waiting, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    for _ in range(MOST_ATTEMPTS["email"]):
        with pytest.raises(SignInRefused):
            confirm_code(desk, waiting, "000000", address="192.0.2.7")
    with pytest.raises(TooManyAttempts):
        confirm_code(desk, waiting, "000000", address="192.0.2.7")
    with pytest.raises(TooManyAttempts):
        sign_in(desk, anna.email, PASSWORD, **HERE)


def test_whoever_finds_a_desk_signed_in_can_neither_guess_the_app_away_nor_put_another_in_its_place(
    desk: AccessDesk, anna: Agent, clock: FakeClock
) -> None:
    app = with_app(desk, anna)
    clock.move(timedelta(minutes=1))
    waiting, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    who = who_is(desk, confirm_code(desk, waiting, app.at(clock.now()), address="192.0.2.7"))
    assert who is not None
    other = desk.codes.new_secret()
    with pytest.raises(SignInRefused) as refused:
        manage_agents.set_up_second_factor(desk, who, other, pyotp.TOTP(other).at(clock.now()), address="192.0.2.7")
    assert refused.value.key == "code_there_already"
    for _ in range(MOST_ATTEMPTS["email"]):
        with pytest.raises(SignInRefused):
            manage_agents.take_second_factor_away(desk, who, "000000", address="192.0.2.7")
    clock.move(timedelta(minutes=1))
    with pytest.raises(TooManyAttempts):
        manage_agents.take_second_factor_away(desk, who, app.at(clock.now()), address="192.0.2.7")


def test_signing_in_ends_the_session_the_browser_had_before(desk: AccessDesk, anna: Agent) -> None:
    before, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    after, _ = sign_in(desk, anna.email, PASSWORD, **HERE, earlier=before)
    assert after != before
    assert who_is(desk, before) is None and who_is(desk, after) is not None
    by_link = follow_link(desk, make_link(desk, anna, sets_password=False), "", device="x", earlier=after)
    assert who_is(desk, after) is None and who_is(desk, by_link) is not None
    assert sign_in(desk, anna.email, PASSWORD, **HERE, earlier="a cookie that somebody has planted")[0]


def test_the_code_has_to_come_soon_after_the_password(desk: AccessDesk, anna: Agent, clock: FakeClock) -> None:
    app = with_app(desk, anna)
    waiting, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    clock.move(CODE_TIME + timedelta(seconds=1))
    with pytest.raises(SignInRefused) as refused:
        confirm_code(desk, waiting, app.at(clock.now()), address="192.0.2.7")
    assert refused.value.key == "sign_in_over"


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


def test_a_new_password_ends_the_other_sessions(desk: AccessDesk, anna: Agent) -> None:
    here, elsewhere = (sign_in(desk, anna.email, PASSWORD, **HERE)[0] for _ in range(2))
    who = who_is(desk, here)
    assert who is not None
    with pytest.raises(SignInRefused):
        manage_agents.change_password(desk, who, "wrong", "another good password", address="192.0.2.7")
    manage_agents.change_password(desk, who, PASSWORD, "another good password", address="192.0.2.7")
    assert who_is(desk, here) and who_is(desk, elsewhere) is None


@pytest.mark.parametrize(
    ("email", "name"), [("anna", "Anna"), ("", "Anna"), ("a@b", ""), ("a@b.example", " \n"), ("a b@c.example", "A")]
)
def test_an_agent_needs_an_address_and_a_name(desk: AccessDesk, email: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        manage_agents.add_agent(desk, email, name, Role.AGENT)
    assert desk.agents.all() == []


def test_a_secret_that_was_sealed_by_another_desk_gives_no_code(desk: AccessDesk) -> None:
    assert desk.codes.open("gibberish") == ""
    assert desk.codes.step_of("000000", "", desk.clock.now()) is None
    assert desk.codes.step_of("000000", "not base32!", desk.clock.now()) is None
