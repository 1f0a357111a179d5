"""The channel for every test of it."""

from __future__ import annotations

import pytest

from tests.inside_rasa.channel import Gateway, Rasa


@pytest.fixture
def rasa() -> Rasa:
    return Rasa()


@pytest.fixture
async def gateway(rasa: Rasa) -> Gateway:
    own = Gateway(rasa, lambda conversation, text: text.replace("LEN-730118", "‹claim reference›"))
    own.app.signalize()
    own.app.finalize()
    return own
