"""Labelled questions are read with their mistakes named, and predictions are written a line each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.adapters.labelled_questions import read_labelled_questions, write_predictions
from bot.core.evaluation import LabelledQuestion, Prediction
from bot.core.ranking import Band
from bot.services.ports import InvalidInput


def written(folder: Path, text: str) -> Path:
    file = folder / "questions.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_one_label_or_several_are_read_with_what_else_is_right(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '- {text: "hvor er min sag?", label: claim_status, kind: nordic}\n'
        '- {text: "a? and b?", label: [cash_or_cheque, lost_invoice], also: [thanks]}\n',
    )
    first, second = read_labelled_questions(file)
    assert first == LabelledQuestion("hvor er min sag?", ("claim_status",), (), "nordic")
    assert second.labels == ("cash_or_cheque", "lost_invoice")
    assert second.also == ("thanks",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- {text: x, label: y}\n- {label: y}\n", "item 2"),
        ("- {text: x}\n", "item 1"),
        ("text: x\n", "no list"),
        ("", "no list"),
        ("- {text: x, label: [", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_item(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        read_labelled_questions(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere.yml"):
        read_labelled_questions(tmp_path / "nowhere.yml")


def test_predictions_are_one_json_object_a_line(tmp_path: Path) -> None:
    file = tmp_path / "made" / "predictions.jsonl"
    question = LabelledQuestion("hvor er den – æøå?", ("claim_status",))
    write_predictions(file, [question], [Prediction(("claim_status",), Band.ANSWER, (("claim_status", 0.75),))])
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "text": "hvor er den – æøå?",
        "predicted": ["claim_status"],
        "band": "answer",
        "ranking": [{"id": "claim_status", "score": 0.75}],
    }
