"""Rasa's own test of the rules, and proof that it would notice a wrong one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rasa.core.test as rasa_stories
from ruamel.yaml import YAML

from bot.config import ROOT
from tests.conversations.desk import Brain

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
    assert result.returncode == 0, result.stdout[-3000:]
    assert not (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8").count("steps:")


@pytest.mark.parametrize(
    ("story", "complaint"), [(WRONG_ACTION, "wrong action"), (WRONG_INTENT, "wrong intent")], ids=["action", "intent"]
)
def test_a_wrong_story_does_not_hold(
    brain: Brain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, story: str, complaint: str
) -> None:
    for name, url in databases(tmp_path).items():
        monkeypatch.setenv(name, url)
    wrong = tmp_path / "test_wrong.yml"
    wrong.write_text(story, encoding="utf-8")
    told = rasa_stories.test(str(wrong), brain.agent, e2e=True, fail_on_prediction_errors=True, disable_plotting=True)
    with pytest.raises(rasa_stories.WrongPredictionException, match=complaint):
        brain.loop.run_until_complete(told)


def rasa_test(stories: Path, model: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasa", "test", "core", "--e2e", "--fail-on-prediction-errors", "--no-plot"]
    command += ["--stories", str(stories), "--model", str(model), "--out", str(folder)]
    environment = {**os.environ, **databases(folder)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def databases(folder: Path) -> dict[str, str]:
    """Empty ones; stories are about what is decided, not about what is looked up."""
    names = {"DATABASE": "desk.db", "CLAIMS": "claims.db", "TRACKER": "tracker.db"}
    return {f"PROMODESK_{name}_URL": f"sqlite:///{folder / file}" for name, file in names.items()}


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
