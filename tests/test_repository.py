"""What holds between the files of this repository, and for all of them."""

from __future__ import annotations

import re
import statistics
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.adapters.faq_files import read_faq
from bot.adapters.nlu_files import read_examples
from bot.config import ROOT
from bot.core import intents
from bot.settings_table import SETTINGS

MEDIAN_LINES, MOST_LINES = 110, 300
CODE = sorted(path for folder in ("bot", "actions") for path in (ROOT / folder).rglob("*.py"))
ELSEWHERE = re.compile(r"(?<![\w.:/])(?:/home/[a-z]|/Users/[A-Za-z]|/root/|/tmp/[a-z]|[A-Z]:\\\\?Users)")
HOLDING_ANSWERS = (
    "faq/",
    "tests/faq-page.txt",
    "README.md",  # shows a conversation
    # These give a promotion's facts or test what reads the page, and quote it.
    "tests/promotions.py",
    "tests/core/test_content_facts.py",
    "tests/services/test_import_page.py",
)
TELLING = 40
"""Shorter answers are ordinary sentences, which may stand anywhere."""


def yaml(path: str) -> Any:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tracked() -> dict[str, str]:
    """The text of every tracked or new file, by its path."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git repository here: clone it instead of unpacking an archive to have its files compared")
    files = [path for path in listed if (ROOT / path).is_file()]
    return {path: (ROOT / path).read_text(encoding="utf-8", errors="replace") for path in files}


def test_the_example_settings_are_exactly_the_settings() -> None:
    expected = [f"# {setting.meaning}\n{setting.name}={setting.default}" for setting in SETTINGS]
    _, *shown = (ROOT / ".env.example").read_text(encoding="utf-8").strip().split("\n\n")
    assert shown == expected


def test_the_actions_of_the_domain_are_those_in_actions() -> None:
    named = [
        name
        for path in CODE
        if path.parent.name == "actions"
        for name in re.findall(r'return "(action_\w+)"', path.read_text(encoding="utf-8"))
    ]
    assert sorted(named) == sorted(yaml("domain.yml")["actions"])


def rule_steps() -> list[dict[str, Any]]:
    files = sorted((ROOT / "data" / "stories").glob("*.yml"))
    return [step for file in files for rule in yaml(str(file))["rules"] for step in rule["steps"]]


def test_every_intent_of_the_domain_has_a_rule_and_every_rule_an_intent_of_the_domain() -> None:
    in_rules = {step["intent"] for step in rule_steps() if "intent" in step}
    assert in_rules == set(yaml("domain.yml")["intents"])


def test_every_action_of_the_rules_exists() -> None:
    custom = {step["action"] for step in rule_steps() if step.get("action", "").startswith("action_")}
    assert custom == set(yaml("domain.yml")["actions"])


def test_the_intents_of_the_domain_are_those_of_the_code() -> None:
    assert set(yaml("domain.yml")["intents"]) == intents.NOT_FAQ | {intents.FAQ}


def test_every_label_of_the_examples_exists() -> None:
    entries = {f"{intents.FAQ}/{entry.id}" for entry in read_faq(ROOT / "faq")}
    known = entries | set(yaml("domain.yml")["intents"])
    strange = {example.intent for example in read_examples(ROOT / "data" / "nlu")} - known
    assert strange == set()


def test_rasa_is_told_to_use_our_importer_and_our_understanding() -> None:
    config = yaml("config.yml")
    assert [importer["name"] for importer in config["importers"]] == ["bot.inside_rasa.importer.DeskImporter"]
    assert [part["name"] for part in config["pipeline"]] == ["bot.inside_rasa.understanding.DeskUnderstanding"]


def test_no_answer_is_written_anywhere_but_in_the_faq(tracked: dict[str, str]) -> None:
    answers = {entry.id: " ".join(entry.answer.split()) for entry in read_faq(ROOT / "faq")}
    telling = {entry: words for entry, words in answers.items() if len(words) >= TELLING}
    assert len(telling) > 20
    texts = {path: " ".join(text.split()) for path, text in tracked.items() if not path.startswith(HOLDING_ANSWERS)}
    copies = [f"{entry} in {path}" for path, text in texts.items() for entry, words in telling.items() if words in text]
    assert copies == []


def test_no_file_names_a_folder_of_somebodys_machine(tracked: dict[str, str]) -> None:
    texts = ((path, text) for path, text in tracked.items() if path != "tests/test_repository.py")
    assert [f"{path}: {found.group()}" for path, text in texts for found in ELSEWHERE.finditer(text)] == []


def test_files_are_short() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert statistics.median(lines.values()) <= MEDIAN_LINES
    assert {path.relative_to(ROOT).as_posix(): count for path, count in lines.items() if count > MOST_LINES} == {}


@pytest.mark.parametrize("path", CODE, ids=lambda path: Path(path).relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith('"""')
