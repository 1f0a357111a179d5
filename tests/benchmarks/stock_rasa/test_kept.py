"""A trained bot is used again as long as nothing it learnt from has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.stock_rasa.kept import EARLIER, desk_folder, stock_folder, trained_once
from benchmarks.stock_rasa.measured import Measured, Section, Unit
from bot.config import Settings, read_settings
from tests.contents import copy_of_the_repository

TIME = Measured(Section.TRAINING, "time", 90.5, Unit.SECONDS)


def test_a_second_run_trains_nothing_and_says_so(tmp_path: Path) -> None:
    assert trained_once(tmp_path, lambda: [TIME]) == [TIME]
    again = trained_once(tmp_path, lambda: pytest.fail("trained again"))
    assert again == [replace(TIME, note=EARLIER)]


def test_a_training_that_failed_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        trained_once(tmp_path, lambda: [replace(TIME, value=1 / 0)])
    assert trained_once(tmp_path, lambda: [TIME]) == [TIME]


def test_other_phrases_and_other_epochs_are_another_bot(settings: Settings, tmp_path: Path) -> None:
    before = stock_folder(tmp_path, settings, 100), desk_folder(tmp_path, settings)
    assert before == (stock_folder(tmp_path, settings, 100), desk_folder(tmp_path, settings))
    assert stock_folder(tmp_path, settings, 2) != before[0]

    phrases = next((settings.content / "data" / "nlu").rglob("*.yml"))
    phrases.write_text(phrases.read_text(encoding="utf-8") + "\n    - one more\n", encoding="utf-8")
    after = stock_folder(tmp_path, settings, 100), desk_folder(tmp_path, settings)
    assert after[0] != before[0] and after[1] != before[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(read_settings({}), content=copy_of_the_repository(tmp_path / "content"))
