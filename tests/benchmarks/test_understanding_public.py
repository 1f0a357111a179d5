"""Public sets: read from their files, and measured by a variant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.understanding.catalogue import BY_NAME
from benchmarks.understanding.public_sets import read_banking, read_clinc
from benchmarks.understanding.public_table import DRAWS, FEW, HEADINGS, STRANGE, PublicRow, below_floors, measure_public
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.bootstrap_understanding import encoder_folder
from bot.config import read_settings
from bot.core.floors import Floor
from bot.services.ports import InvalidInput

TEXTS = {
    "opening": [f"are you open on day {number} of the month" for number in range(FEW)],
    "card": [f"I want library card number {number} please" for number in range(FEW)],
}
ASKED = [("do you open on Monday", "opening"), ("can I get a card", "card")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    train = [(text, label) for label, texts in TEXTS.items() for text in texts]
    strangers = [("who won the match", STRANGE), ("bake me a cake", STRANGE)]
    clinc = {"train": train, "val": ASKED, "oos_val": strangers[:1], "test": ASKED, "oos_test": strangers[1:]}
    _write(tmp_path / "clinc150" / "data_full.json", json.dumps(clinc))
    for name, examples in (("train", train), ("test", ASKED)):
        lines = [f'"{text}",{label}' for text, label in examples]
        _write(tmp_path / "banking77" / f"{name}.csv", "\n".join(["text,category", *lines]))
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_strangers_are_in_validation_and_test_only(folder: Path) -> None:
    clinc = read_clinc(folder)

    assert [len(part) for part in (clinc.train, clinc.validation, clinc.test)] == [2 * FEW, 3, 3]
    assert clinc.test[-1] == ("bake me a cake", STRANGE)
    assert STRANGE not in {label for _, label in clinc.train}


def test_a_variant_is_measured_on_both(folder: Path, tmp_path: Path) -> None:
    encoder = TimedEncoder(encoder_folder(read_settings({})), tmp_path)

    (row,) = measure_public([BY_NAME["ridge"]], folder, encoder)

    assert (row.clinc_in_scope, row.clinc_recall) == (1, 1)
    assert (row.banking, row.banking_few, row.banking_few_deviation) == (1, 1, 0)


def test_the_row_in_words() -> None:
    row = PublicRow("ridge", 0.955, 0.65, 0.943, 0.8491, 0.0061)

    assert row.cells() == ("ridge", "95.5", "65.0", "94.3", "84.9 ± 0.6")
    assert len(row.cells()) == len(HEADINGS)
    assert DRAWS > 1  # or there is no deviation


def test_a_set_below_its_floor_is_named_and_one_not_measured_too() -> None:
    floors = [Floor("BANKING77", at_least=0.95), Floor("CLINC150 in scope", at_least=0.9)]

    assert below_floors([PublicRow("ridge", 0.955, 0.65, 0.943, 0.8491, 0.0061)], floors) == [
        "BANKING77: 94.3%, has to be at least 95.0%"
    ]
    assert len(below_floors([], floors)) == 2


@pytest.mark.parametrize("read", [read_clinc, read_banking])
def test_a_folder_without_the_sets_is_named(read: object, tmp_path: Path) -> None:
    assert callable(read)
    with pytest.raises(InvalidInput, match=str(tmp_path)):
        read(tmp_path)
