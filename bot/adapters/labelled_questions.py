"""Reads labelled questions, and writes what was made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.core.evaluation import LabelledQuestion, Prediction
from bot.services.ports import InvalidInput


def read_labelled_questions(path: Path) -> list[LabelledQuestion]:
    """A YAML list of ``text``, ``label`` (or a list of them), ``also``, ``kind``; raises ``InvalidInput`` by item."""
    try:
        items = YAML(typ="safe", pure=True).load(path)
    except (OSError, YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: cannot be read as YAML ({error})") from error
    if not isinstance(items, list) or not items:
        raise InvalidInput(f"{path}: is no list of questions; write '- {{text: \"…\", label: …}}' a line")
    return [_question(path, number, item) for number, item in enumerate(items, start=1)]


def _question(path: Path, number: int, item: Any) -> LabelledQuestion:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or not item.get("label"):
        raise InvalidInput(f"{path}: item {number} has no text or no label; write both")
    label = item["label"]
    return LabelledQuestion(
        text=item["text"],
        labels=tuple(label) if isinstance(label, list) else (str(label),),
        also=tuple(item.get("also", ())),
        kind=str(item.get("kind", "all")),
    )


def write_predictions(path: Path, questions: Iterable[LabelledQuestion], predictions: Iterable[Prediction]) -> None:
    """One JSON object a line: text, predicted, band, ranking."""
    lines = [
        json.dumps(
            {
                "text": question.text,
                "predicted": list(prediction.predicted),
                "band": prediction.band.value,
                "ranking": [{"id": label, "score": round(score, 6)} for label, score in prediction.ranking],
            },
            ensure_ascii=False,
        )
        for question, prediction in zip(questions, predictions)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
