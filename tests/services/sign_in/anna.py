"""How Anna signs in, and how she is refused."""

from __future__ import annotations

import pyotp
import pytest

from bot.core.agents import Agent
from bot.services import manage_agents
from bot.services.sign_in import (
    AccessDesk,
    SignInRefused,
    sign_in,
    who_is,
)
from tests.access import PASSWORD

HERE = {"address": "192.0.2.7", "device": "Firefox on Linux"}


def refusal(desk: AccessDesk, email: str, password: str) -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(desk, email, password, **HERE)
    return refused.value.key


def with_app(desk: AccessDesk, anna: Agent) -> pyotp.TOTP:
    """An authenticator app that Anna has set up."""
    secret = desk.codes.new_secret()
    who = who_is(desk, sign_in(desk, anna.email, PASSWORD, **HERE)[0])
    assert who is not None
    app = pyotp.TOTP(secret)
    manage_agents.set_up_second_factor(desk, who, secret, app.at(desk.clock.now()), address="192.0.2.7")
    return app
