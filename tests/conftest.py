"""What all tests share: one trained model for the run, and where databases and browsers come from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is held up for a moment is no failure; whoever hangs is ended by pytest-timeout.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")

os.environ.update(
    RASA_TELEMETRY_ENABLED="false",
    SQLALCHEMY_SILENCE_UBER_WARNING="1",
    TF_CPP_MIN_LOG_LEVEL="3",
    HF_HUB_OFFLINE="1",
)


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model trained from what is in the repository now; trained once, and only if something changed."""
    from bot.commands.fitting_model import train_if_needed
    from bot.config import read_settings

    return train_if_needed(read_settings({}))


@pytest.fixture(scope="session")
def brain(trained_model: Path) -> Iterator[object]:
    """The trained model, loaded once; the fixture ``desk`` gives it databases of its own."""
    from rasa.utils.log_utils import configure_structlog

    from tests.conversations.desk import Brain

    configure_structlog()
    brain = Brain(trained_model)
    yield brain
    brain.loop.close()
