"""Rasa's own test of the rules, and proof that it would notice a wrong one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.config import ROOT

STORIES = ROOT / "tests" / "stories" / "test_stories.yml"
WRONG_ACTION = """
version: "3.1"
stories:
- story: thanks are met with a greeting
  steps:
  - user: |
      thanks a lot
    intent: thanks
  - action: utter_greet
"""
WRONG_INTENT = """
version: "3.1"
stories:
- story: thanks are taken for anger
  steps:
  - user: |
      thanks a lot
    intent: complain
  - action: utter_complain
"""

Move = tuple[str, tuple[str, ...]]
"""An intent and the actions that answer it."""


def test_every_rule_is_told_in_a_story() -> None:
    told = {move for story in steps_of(STORIES, "stories") for move in moves(story)}
    ruled = {
        move
        for file in (ROOT / "data" / "stories").glob("*.yml")
        for rule in steps_of(file, "rules")
        for move in moves(rule)
    }
    assert ruled
    assert ruled <= told


@pytest.mark.timeout(600)
def test_the_stories_hold(trained_model: Path, tmp_path: Path) -> None:
    result = rasa_test(STORIES, trained_model, tmp_path)
    assert result.returncode == 0, result.stderr[-3000:]
    assert not (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8").count("steps:")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("story", [WRONG_ACTION, WRONG_INTENT], ids=["wrong action", "wrong intent"])
def test_a_wrong_story_does_not_hold(trained_model: Path, tmp_path: Path, story: str) -> None:
    wrong = tmp_path / "test_wrong.yml"
    wrong.write_text(story, encoding="utf-8")
    result = rasa_test(wrong, trained_model, tmp_path)
    assert result.returncode != 0
    assert "WrongPredictionException" in result.stderr


def rasa_test(stories: Path, model: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasa", "test", "core", "--e2e", "--fail-on-prediction-errors", "--no-plot"]
    command += ["--stories", str(stories), "--model", str(model), "--out", str(folder)]
    databases = {
        "PROMODESK_DATABASE_URL": f"sqlite:///{folder / 'desk.db'}",
        "PROMODESK_CLAIMS_URL": f"sqlite:///{folder / 'claims.db'}",
        "PROMODESK_TRACKER_URL": f"sqlite:///{folder / 'tracker.db'}",
    }
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **databases}, capture_output=True, text=True, check=False
    )


def steps_of(path: Path, kind: str) -> list[list[dict[str, Any]]]:
    return [told["steps"] for told in YAML(typ="safe").load(path.read_text(encoding="utf-8"))[kind]]


def moves(steps: list[dict[str, Any]]) -> list[Move]:
    """What a story or a rule says is done about which message."""
    found: list[tuple[str, list[str]]] = []
    for step in steps:
        if "intent" in step:
            found.append((step["intent"], []))
        elif "action" in step:
            found[-1][1].append(step["action"])
    return [(intent, tuple(actions)) for intent, actions in found]
