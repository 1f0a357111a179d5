"""A model is trained anew for what it learns from, and for nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.fitting_model import training_stamp_of
from bot.config import ROOT, Settings, read_settings

IN_AN_ANSWER, IN_A_QUESTION = "back of your device", "find a serial number"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for folder in ("faq", "data", "evaluation"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return read_settings({"PROMODESK_CONTENT": str(tmp_path)})


def change(settings: Settings, before: str, after: str) -> None:
    file = settings.content / "faq" / "claiming.yml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_a_changed_answer_needs_no_training(settings: Settings) -> None:
    stamp = training_stamp_of(settings)
    change(settings, IN_AN_ANSWER, "underside")
    assert training_stamp_of(settings) == stamp


def test_a_changed_question_is_learnt(settings: Settings) -> None:
    stamp = training_stamp_of(settings)
    change(settings, IN_A_QUESTION, "see the serial number")
    assert training_stamp_of(settings) != stamp


def test_a_new_phrase_is_learnt(settings: Settings) -> None:
    stamp = training_stamp_of(settings)
    file = settings.content / "data" / "nlu" / "dialogue.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("- forget it\n", "- forget it\n    - bin it\n", 1))
    assert training_stamp_of(settings) != stamp


def test_whether_a_model_fits_is_told_without_loading_what_trains() -> None:
    loaded = "import sys, bot.commands.fitting_model; print(*sorted({'torch', 'spacy', 'sklearn', 'rasa'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
