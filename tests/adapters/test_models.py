"""The newest model is found, and it is known what it was trained from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.adapters.models import is_trained_from, newest_model, note_stamp, training_stamp, unpacked_understanding
from bot.services.ports import InvalidInput


def model(folder: Path, name: str, age: int) -> Path:
    file = folder / name
    file.write_bytes(b"")
    os.utime(file, (1_700_000_000 - age, 1_700_000_000 - age))
    return file


def test_the_newest_model_is_taken_whatever_its_name(tmp_path: Path) -> None:
    model(tmp_path, "z-old.tar.gz", age=60)
    newest = model(tmp_path, "a-new.tar.gz", age=0)
    assert newest_model(tmp_path) == newest


def test_without_a_model_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="promodesk train"):
        newest_model(tmp_path)


def test_a_changed_phrase_makes_a_model_stale(tmp_path: Path) -> None:
    phrases = tmp_path / "phrases.yml"
    phrases.write_text("- where is my money", encoding="utf-8")
    trained = model(tmp_path, "m.tar.gz", age=0)
    note_stamp(trained, training_stamp([phrases], "encoder"))
    assert is_trained_from(trained, training_stamp([phrases], "encoder"))
    phrases.write_text("- where is my money?", encoding="utf-8")
    assert not is_trained_from(trained, training_stamp([phrases], "encoder"))
    assert not is_trained_from(trained, training_stamp([phrases], "another encoder"))


def test_the_trained_model_holds_its_understanding_and_nothing_executable(trained_model: Path) -> None:
    with unpacked_understanding(trained_model) as folder:
        endings = {file.suffix for file in folder.rglob("*") if file.is_file()}
    assert endings == {".json", ".npz", ".onnx"}
