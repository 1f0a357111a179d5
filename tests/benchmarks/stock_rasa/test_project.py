"""The stock project: the very same phrases and answers, and nothing that Rasa complains of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from benchmarks.stock_rasa.project import write_project
from bot.adapters.faq_files import read_faq
from bot.adapters.nlu_files import read_examples
from tests.contents import copy_of_the_repository

PLAIN = ("greet", "thanks", "goodbye", "claim_status", "product_eligibility", "out_of_scope", "talk_to_human")
EPOCHS = 3


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's answers, a few examples for each, and some other intents."""
    folder = copy_of_the_repository(tmp_path_factory.mktemp("content"))
    examples = "".join(
        f"- intent: {intent}\n  examples: |\n    - {intent} it is\n    - my {intent}\n" for intent in PLAIN
    )
    (folder / "data" / "nlu" / "others.yml").write_text(f'version: "3.1"\nnlu:\n{examples}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def project(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    write_project(folder, content, EPOCHS)
    return folder


def yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def test_rasa_has_nothing_to_complain_of(project: Path) -> None:
    command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr[-2000:]


def test_it_learns_every_phrase_and_the_pages_own_questions(project: Path, content: Path) -> None:
    def phrases(folder: Path) -> set[tuple[str, str]]:
        return {(example.intent, example.text) for example in read_examples(folder)}

    questions = {(f"faq/{entry.id}", " ".join(entry.question.split())) for entry in read_faq(content / "faq")}
    assert phrases(project / "data" / "nlu") == phrases(content / "data" / "nlu") | questions


def test_it_says_the_approved_answers(project: Path, content: Path) -> None:
    responses = yaml(project / "domain.yml")["responses"]
    for entry in read_faq(content / "faq"):
        assert responses[f"utter_faq/{entry.id}"] == [{"text": entry.answer}]


def test_every_intent_has_one_rule_and_every_reply_exists(project: Path) -> None:
    domain, rules = yaml(project / "domain.yml"), yaml(project / "data" / "rules.yml")["rules"]
    replies = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules}
    assert set(replies) == {*PLAIN, "faq", "nlu_fallback"} == {*domain["intents"], "nlu_fallback"}
    assert replies.pop("faq") == "utter_faq"
    assert set(replies.values()) <= set(domain["responses"])
    assert len(rules) == len(replies) + 1


def test_the_stories_say_what_the_rules_say_and_name_known_intents_only(project: Path) -> None:
    steps = [step for story in yaml(project / "data" / "stories.yml")["stories"] for step in story["steps"]]
    asked = [step["intent"] for step in steps if "intent" in step]
    assert [step["action"] for step in steps if "action" in step] == [f"utter_{intent}" for intent in asked]
    assert set(asked) <= {*PLAIN, "faq"} and "bot_challenge" not in asked


def test_everything_that_learns_learns_for_so_many_epochs(project: Path) -> None:
    config = yaml(project / "config.yml")
    learning = {part["name"]: part["epochs"] for part in config["pipeline"] + config["policies"] if "epochs" in part}
    assert learning == dict.fromkeys(
        ("DIETClassifier", "ResponseSelector", "UnexpecTEDIntentPolicy", "TEDPolicy"), EPOCHS
    )


def test_writing_it_again_changes_nothing(project: Path, content: Path) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*.yml")}
    write_project(project, content, EPOCHS)
    assert {file: file.read_bytes() for file in project.rglob("*.yml")} == before
