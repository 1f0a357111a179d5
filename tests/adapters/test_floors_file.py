"""Bounds are read for the set of questions that is asked for, with their mistakes named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.floors_file import read_floors
from bot.config import ROOT
from bot.core.floors import Floor
from bot.services.ports import InvalidInput

EVALUATION = ROOT / "evaluation"
QUESTION_FILES = sorted(path.name for path in EVALUATION.glob("*.yml") if path.name != "floors.yml")


def written(folder: Path, text: str) -> Path:
    file = folder / "floors.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_bounds_of_one_set_are_read_in_their_order(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "ours.yml:\n"
        "  first choice right: {at_least: 0.95}\n"
        "  refused: {at_most: 0.03}\n"
        "  nordic: {at_least: 0.5, at_most: 1}\n"
        "theirs.yml:\n"
        "  first choice right: {at_least: 0.5}\n",
    )
    assert read_floors(file, "ours.yml") == [
        Floor("first choice right", at_least=0.95),
        Floor("refused", at_most=0.03),
        Floor("nordic", at_least=0.5, at_most=1),
    ]
    assert read_floors(file, "theirs.yml") == [Floor("first choice right", at_least=0.5)]


@pytest.mark.parametrize("share", ["0", "1", "0.0", "1.0"])
def test_none_and_all_are_shares(tmp_path: Path, share: str) -> None:
    (floor,) = read_floors(written(tmp_path, f"ours.yml: {{refused: {{at_least: {share}}}}}\n"), "ours.yml")
    assert floor.at_least == float(share)


@pytest.mark.parametrize(
    "bounds",
    [
        "0.95", "", "{}", "[0.95]", "at_least", "{atleast: 0.95}", "{at_least: 0.95, above: 0.2}", "{at_least: 95}",
        "{at_most: -0.1}", "{at_least: high}", "{at_least: '0.95'}", "{at_least: }", "{at_least: [0.95]}",
        "{at_least: .nan}", "{at_most: .inf}", "{at_least: yes please}", "{at_least: true}",
    ],
)  # fmt: skip
def test_a_bound_that_is_no_share_is_refused_by_its_figure(tmp_path: Path, bounds: str) -> None:
    file = written(tmp_path, f"ours.yml:\n  noisy: {{at_least: 0.9}}\n  refused: {bounds}\n")
    with pytest.raises(InvalidInput, match=r"floors\.yml: refused: write \{at_least: 0\.95\}"):
        read_floors(file, "ours.yml")


@pytest.mark.parametrize(
    "text", ["", "theirs.yml: {refused: {at_most: 0.1}}\n", "ours.yml:\n", "ours.yml: 3\n", "- x\n"]
)
def test_a_set_without_bounds_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput, match=r"floors\.yml: has no bounds for ours\.yml; write 'ours\.yml:'"):
        read_floors(written(tmp_path, text), "ours.yml")


@pytest.mark.parametrize(
    "content",
    [
        b"ours.yml: {refused: [",
        b"ours.yml: {refused: {at_most: 0.1}\n",
        b"ours.yml:\n\trefused: 1\n",
        b"ours.yml: !!python/object/apply:os.getcwd []\n",
        b"ours.yml: \xff\xfe\n",
        b"ours.yml: {a: {at_most: 0.1}}\nours.yml: {b: {at_most: 0.1}}\n",
    ],
)
def test_a_file_that_is_no_yaml_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "floors.yml"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"floors\.yml: cannot be read as YAML"):
        read_floors(file, "ours.yml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.yml: cannot be read as YAML"):
        read_floors(tmp_path / "nowhere.yml", "ours.yml")


@pytest.mark.parametrize("name", QUESTION_FILES)
def test_every_set_of_questions_has_bounds_that_ask_for_something(name: str) -> None:
    floors = read_floors(EVALUATION / "floors.yml", name)
    assert floors
    assert all(floor.at_least > 0 or floor.at_most < 1 for floor in floors)
