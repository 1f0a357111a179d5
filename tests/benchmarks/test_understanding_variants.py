"""Every quick variant learns a tiny set and tells its labels apart; the encoder forgets nothing."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.understanding.catalogue import BY_NAME, VARIANTS
from benchmarks.understanding.experiment import run
from benchmarks.understanding.matchers import learn_chosen
from benchmarks.understanding.material import Material
from benchmarks.understanding.model import CHOSEN, Variant
from benchmarks.understanding.public_sets import few_for_each
from benchmarks.understanding.timed_encoder import TimedEncoder, TrustingEncoder
from benchmarks.understanding.typing_noise import misspell
from bot.bootstrap_understanding import encoder_folder
from bot.config import read_settings
from bot.core.evaluation import LabelledQuestion
from bot.core.intents import OUT_OF_SCOPE
from bot.matching import forms
from tests.matching.library import EXAMPLES

QUESTIONS = (
    LabelledQuestion("at what time do you open tomorrow?", ("opening_hours",)),
    LabelledQuestion("how can I become a member here", ("join",)),
    LabelledQuestion("what is the fine if my book is late", ("late_fee",)),
    LabelledQuestion("who won the football match", (OUT_OF_SCOPE,)),
)
ANSWERS = {"opening_hours": "We are open from nine to six.", "late_fee": "The fine is one crown a day."}


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> TimedEncoder:
    return TimedEncoder(encoder_folder(read_settings({})), tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(tuple(EXAMPLES), QUESTIONS, ANSWERS, long_wait=50)


@pytest.mark.parametrize("variant", [variant for variant in VARIANTS if not variant.is_slow], ids=lambda own: own.name)
def test_a_variant_learns_and_answers(variant: Variant, material: Material, encoder: TimedEncoder) -> None:
    outcome = run(variant, material, QUESTIONS, encoder)

    assert outcome.verdicts.first[:3].all()
    assert ((outcome.verdicts.confidence > 0) & (outcome.verdicts.confidence <= 1)).all()
    assert outcome.cost.bytes > 0


def test_names_are_given_once_and_the_chosen_one_leads() -> None:
    assert len(BY_NAME) == len(VARIANTS)
    assert VARIANTS[0].name == CHOSEN


def test_a_strangers_best_score_is_low(material: Material, encoder: TimedEncoder) -> None:
    known = Material(tuple(phrase for phrase in material.phrases if phrase[1] != OUT_OF_SCOPE))

    *asked, stranger = learn_chosen(known, encoder).scores([question.text for question in QUESTIONS]).max(axis=1)

    assert stranger < min(asked)


def test_landmarks_for_all_phrases_are_the_exact_kernel(
    material: Material, encoder: TimedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_WEIGHTS", 0)
    texts = [question.text for question in QUESTIONS]

    chosen, exact = (BY_NAME[name].learn(material, encoder).scores(texts) for name in (CHOSEN, "ridge-exact"))

    assert np.allclose(chosen, exact, atol=0.01)  # there are fewer phrases than landmarks


def test_what_is_known_already_takes_no_time(encoder: TimedEncoder) -> None:
    encoder.encode(["one", "two", "one"])
    spent = TimedEncoder.spent

    encoder.encode(["two", "one"])

    assert TimedEncoder.spent == spent > 0


def test_a_trusting_encoder_repairs_nothing(material: Material, encoder: TimedEncoder) -> None:
    trusting = TrustingEncoder(encoder)

    assert trusting.is_common("opennig")
    assert np.array_equal(trusting.encode(["open"]), encoder.encode(["open"]))


def test_half_of_the_phrases_are_misspelt_a_little() -> None:
    draw = np.random.default_rng(0)
    text = "when will my claim be paid"

    typed = [misspell(text, draw) for _ in range(400)]

    assert 0.4 < np.mean([own == text for own in typed]) < 0.6
    assert all(len(text) - 8 <= len(own) <= len(text) + 3 for own in typed)
    assert any(" " not in own for own in typed)


def test_few_examples_of_each_label_are_drawn_by_the_seed() -> None:
    examples = [(f"text {number}", f"label {number % 3}") for number in range(60)]

    few = few_for_each(examples, 5, seed=1)

    assert len(set(few)) == 15
    assert few == few_for_each(examples, 5, seed=1)
    assert few != few_for_each(examples, 5, seed=2)
