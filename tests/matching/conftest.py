"""The real encoder, and the matcher of the trained model; both loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap_understanding import encoder_folder
from bot.config import read_settings
from bot.matching.encoder import Encoder
from bot.matching.matcher import Matcher


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder(encoder_folder(read_settings({})))


@pytest.fixture(scope="session")
def trained_matcher(trained_model: Path, encoder: Encoder) -> Matcher:
    from bot.adapters.models import unpacked_understanding

    with unpacked_understanding(trained_model) as folder:
        return Matcher.load(folder, encoder)
