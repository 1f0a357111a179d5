"""An authenticator app's codes: taken once, soon, and not to be guessed."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from bot.core.agents import Agent
from bot.services import manage_agents
from bot.services.sign_in import (
    CODE_TIME,
    MOST_ATTEMPTS,
    AccessDesk,
    SignInRefused,
    TooManyAttempts,
    confirm_code,
    sign_in,
    who_is,
)
from tests.access import PASSWORD
from tests.fakes import FakeClock
from tests.services.sign_in.anna import HERE, with_app


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


def test_the_code_has_to_come_soon_after_the_password(desk: AccessDesk, anna: Agent, clock: FakeClock) -> None:
    app = with_app(desk, anna)
    waiting, _ = sign_in(desk, anna.email, PASSWORD, **HERE)
    clock.move(CODE_TIME + timedelta(seconds=1))
    with pytest.raises(SignInRefused) as refused:
        confirm_code(desk, waiting, app.at(clock.now()), address="192.0.2.7")
    assert refused.value.key == "sign_in_over"


def test_a_secret_that_was_sealed_by_another_desk_gives_no_code(desk: AccessDesk) -> None:
    assert desk.codes.open("gibberish") == ""
    assert desk.codes.step_of("000000", "", desk.clock.now()) is None
    assert desk.codes.step_of("000000", "not base32!", desk.clock.now()) is None
