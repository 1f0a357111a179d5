"""Evaluation on any labelled set, with a matcher fitted for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands.evaluate import evaluate
from bot.config import read_settings
from bot.services.ports import InvalidInput

EXAMPLES = """version: "3.1"
nlu:
- intent: opening_hours
  examples: |
    - when do you open on Monday
    - are you open at noon
    - until what time is the shop open
    - opening times this week
- intent: parking
  examples: |
    - where can I leave my car
    - is there a car park near you
    - do you have parking for bikes and cars
    - parking spaces in front of the shop
"""


def test_another_set_is_learnt_and_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train, questions, made = tmp_path / "nlu.yml", tmp_path / "questions.yml", tmp_path / "made.jsonl"
    train.write_text(EXAMPLES, encoding="utf-8")
    questions.write_text(
        '- {text: "at what time does the shop open", label: opening_hours}\n'
        '- {text: "can I park my car there", label: parking}\n',
        encoding="utf-8",
    )
    evaluate(read_settings({}), questions, predictions=made, train=train)
    lines = [json.loads(line) for line in made.read_text(encoding="utf-8").splitlines()]
    assert [line["ranking"][0]["id"] for line in lines] == ["opening_hours", "parking"]
    assert "2 of 2" in capsys.readouterr().out


def test_too_few_examples_are_named(tmp_path: Path) -> None:
    train, questions = tmp_path / "nlu.yml", tmp_path / "questions.yml"
    train.write_text(EXAMPLES + "- intent: toilets\n  examples: |\n    - where is the toilet\n", encoding="utf-8")
    questions.write_text("- {text: a, label: parking}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="toilets"):
        evaluate(read_settings({}), questions, train=train)
