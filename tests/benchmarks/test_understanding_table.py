"""The tables of the experiments, and what was mistaken for what."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import numpy as np

from benchmarks.understanding.experiment import Cost, Outcome
from benchmarks.understanding.material import Material
from benchmarks.understanding.measures import Estimate
from benchmarks.understanding.model import CHOSEN, Model, Variant
from benchmarks.understanding.plots import confusions, draw_all
from benchmarks.understanding.report import NAME, Results, as_markdown, write
from benchmarks.understanding.table import HEADINGS, by_kind, percent, percent_with_interval, points_with_interval
from benchmarks.understanding.timed_encoder import TimedEncoder
from benchmarks.understanding.verdicts import judge
from bot.core.evaluation import LabelledQuestion
from bot.core.intents import CANCEL, OUT_OF_SCOPE

LABELS = ["open", "join", "fee", CANCEL, OUT_OF_SCOPE]
QUESTIONS = (
    LabelledQuestion("when are you open", ("open",), kind="plain"),
    LabelledQuestion("a card please", ("join",), also=("fee",), kind="plain"),
    LabelledQuestion("whats teh fine", ("fee",), kind="typo"),
    LabelledQuestion("who won the match", (OUT_OF_SCOPE,), kind="strange"),
)
RIGHT = np.array([[0.9, 0, 0, 0, 0.1], [0, 0.4, 0.5, 0, 0.1], [0.1, 0, 0.5, 0.8, 0.1], [0.2, 0.1, 0, 0, 0.7]])
WRONG = np.array([[0.9, 0, 0, 0, 0.1], [0, 0.4, 0.5, 0, 0.1], [0.6, 0, 0.5, 0.8, 0.1], [1.3, 0.1, 0, 0, 0.7]])


def never(material: Material, encoder: TimedEncoder) -> Model:
    raise AssertionError("the outcomes are there already")


def outcome(name: str, scores: np.ndarray) -> Outcome:
    variant = Variant(name, f"what {name} is", never)
    return Outcome(variant, judge(scores, QUESTIONS, LABELS, 1.0), Cost(12.3, 1.26, 25_400_000))


OUTCOMES = (outcome(CHOSEN, RIGHT), outcome("other", WRONG))
RESULTS = Results(datetime(2024, 2, 1), ("some.yml",), QUESTIONS, 40, "an encoder", 5.0, OUTCOMES)


def test_a_move_is_no_answer_and_another_right_label_counts() -> None:
    verdicts = judge(RIGHT, QUESTIONS, LABELS, 1.0)

    assert verdicts.chosen == ["open", "fee", "fee", "open"]
    assert verdicts.first.tolist() == [True, True, True, False]
    assert np.allclose(verdicts.familiarity, [0.8, 0.4, 0.4, -0.5])


def test_without_a_label_for_strangers_the_score_itself_tells_them() -> None:
    verdicts = judge(RIGHT[:, :4], QUESTIONS, LABELS[:4], 1.0)

    assert np.allclose(verdicts.familiarity, [0.9, 0.5, 0.5, 0.2])


def test_the_chosen_variant_is_compared_with_nothing_and_the_others_with_it() -> None:
    chosen, other = (dict(zip(HEADINGS, row.cells())) for row in RESULTS.rows())

    assert chosen[f"less {CHOSEN}, points"] == "–"
    assert chosen["first choice right, %"] == "100.0 (100.0 to 100.0)"
    assert other["first choice right, %"].startswith("66.7 (")
    assert other[f"less {CHOSEN}, points"].startswith("−33.3 (−100.0 to ")
    assert (chosen["strangers refused, %"], other["strangers refused, %"]) == ("100.0", "0.0")
    assert (chosen["message, ms"], chosen["with encoder, ms"], chosen["model, MB"]) == ("1.3", "6.3", "25.4")


def test_kinds_are_counted_without_strangers() -> None:
    headings, chosen, other = by_kind(OUTCOMES, QUESTIONS)

    assert headings == ("variant", "plain (2)", "typo (1)")
    assert chosen == (CHOSEN, "100.0", "100.0")
    assert other == ("other", "100.0", "0.0")


def test_figures_in_words() -> None:
    assert percent(float("nan")) == "–"
    assert percent_with_interval(Estimate(0.5, 0.4, 0.6)) == "50.0 (40.0 to 60.0)"
    assert points_with_interval(Estimate(-0.004, -0.012, 0.003)) == "−0.4 (−1.2 to +0.3)"


def test_the_page_explains_every_variant() -> None:
    page = as_markdown(RESULTS)

    assert "3 questions with an answer and 1 strangers from some.yml" in page
    assert "- `other`: what other is" in page
    assert "| variant | plain (2) | typo (1) |" in page


def test_what_is_mistaken_for_what_is_counted() -> None:
    assert confusions(OUTCOMES[1].verdicts, QUESTIONS) == [("fee → open", 1)]


def test_everything_is_written_and_drawn(tmp_path: Path) -> None:
    write(RESULTS, tmp_path)
    plots = draw_all(OUTCOMES, QUESTIONS, tmp_path)

    data = json.loads((tmp_path / f"{NAME}.json").read_text(encoding="utf-8"))
    assert [variant["name"] for variant in data["variants"]] == [CHOSEN, "other"]
    assert data["variants"][1]["wrong"] == [{"text": "whats teh fine", "label": "fee", "understood": "open"}]
    assert (tmp_path / f"{NAME}.md").read_text(encoding="utf-8").startswith("# ")
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in plots)
