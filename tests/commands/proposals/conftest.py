"""The settings of a desk with the small promotion."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.adapters.sql.migrate import migrate
from bot.bootstrap_understanding import encoder_folder
from bot.config import ROOT, Settings, read_settings
from tests.commands.proposals.small_promotion import QUESTIONS, environment, write_phrases
from tests.contents import other_promotion


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A small promotion with phrases and questions of its own; the encoder is the one of all tests."""
    content = other_promotion(tmp_path / "content")
    shutil.copytree(ROOT / "faq" / "replies", content / "faq" / "replies")
    write_phrases(content)
    (content / "evaluation").mkdir()
    (content / "evaluation" / "held_out.yml").write_text(QUESTIONS, "utf-8")
    (content / "evaluation" / "floors.yml").write_text(
        "held_out.yml:\n  first choice right: {at_least: 0.1}\n", "utf-8"
    )
    encoder = encoder_folder(read_settings({}))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / encoder.name).symlink_to(encoder)
    made = read_settings(environment(tmp_path))
    migrate(made.database_url, "desk")
    return made


@pytest.fixture(autouse=True)
def _keeps_its_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own process must not become slow for all tests after these."""
    monkeypatch.setattr("bot.commands.proposals._let_others_go_first", lambda: None)
