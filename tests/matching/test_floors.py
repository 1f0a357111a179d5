"""The trained model keeps what the README promises of its understanding."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.adapters.floors_file import read_floors
from bot.adapters.labelled_questions import read_labelled_questions
from bot.bootstrap_understanding import LEARNING
from bot.commands.evaluate import measure
from bot.config import ROOT
from bot.core.floors import shortfalls
from bot.matching.matcher import Matcher
from bot.matching.normalise import normalise

EVALUATION = ROOT / "evaluation"
SETS = sorted(path.name for path in EVALUATION.glob("*.yml") if path.name != "floors.yml")


@pytest.mark.parametrize("name", SETS)
def test_the_model_stays_above_its_floors(name: str, trained_matcher: Matcher) -> None:
    figures = measure(trained_matcher, read_labelled_questions(EVALUATION / name))
    assert shortfalls(figures, read_floors(EVALUATION / "floors.yml", name)) == []


def test_hardly_a_question_of_an_evaluation_was_learnt(trained_matcher: Matcher) -> None:
    """Two people now and then write the same plain words; more than one in a hundred would be no accident."""
    learnt = {text for text, _ in trained_matcher.phrases}
    for name in SETS:
        questions = read_labelled_questions(EVALUATION / name)
        shared = {normalise(question.text) for question in questions if len(question.text.split()) > 4} & learnt
        assert len(shared) <= len(questions) // 100, f"take these out of data/nlu, {name} has them: {sorted(shared)}"


def test_a_change_of_whatever_makes_the_model_leads_to_a_new_one() -> None:
    reached, to_read = set(), ["learning"]
    while to_read:
        name = to_read.pop()
        reached.add(name)
        to_read += [other for other in imported(ROOT / "bot" / "matching" / f"{name}.py") if other not in reached]
    assert reached == set(LEARNING)


def imported(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    modules = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return [module.removeprefix("bot.matching.") for module in modules if module.startswith("bot.matching.")]
