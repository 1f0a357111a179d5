"""How texts are compared is chosen by phrases that were held out."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching import forms
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import SMALL_SHARE, SURFACE_SHARE
from bot.matching.forms import Fitted, fit_best
from bot.matching.normalise import normalise
from tests.matching.library import EXAMPLES

LABELS = sorted({label for _, label in EXAMPLES})
TEXTS = [normalise(text) for text, _ in EXAMPLES]
TRUTH = np.array([LABELS.index(label) for _, label in EXAMPLES])


@pytest.fixture(scope="module")
def vectors(encoder: Encoder) -> Vectors:
    return encoder.encode(TEXTS)


def share(fitted: Fitted) -> float:
    """What letters and words count in the form that was kept."""
    _, values = fitted.features.surface("when are you open")
    return float(values @ values) / 2


def test_where_all_labels_have_the_same_words_they_count_for_less() -> None:
    draw = np.random.default_rng(0)
    truth = np.arange(78) % 3
    noisy = np.eye(8)[truth] + 0.6 * draw.normal(size=(78, 8))
    meaning = (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)
    texts = [f"when are you open on {day // 3}" for day in range(78)]
    assert share(fit_best(texts, meaning, truth, 3)) == pytest.approx(SMALL_SHARE, abs=1e-4)


def test_where_only_words_tell_the_labels_they_count_for_more(vectors: Vectors) -> None:
    meaningless = np.roll(vectors, len(TEXTS) // 2, axis=0)
    texts = [f"{LABELS[label]} {text}" for label, text in zip(TRUTH, TEXTS)]
    fitted = fit_best(texts, meaningless, TRUTH, len(LABELS))
    assert share(fitted) == pytest.approx(SURFACE_SHARE, abs=1e-4)


def test_what_would_cost_too_much_is_not_tried(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "is_surely_better", lambda *_: True)
    monkeypatch.setattr(forms, "MOST_WEIGHTS", len(TEXTS) * len(LABELS) - 1)
    assert share(fit_best(TEXTS, vectors, TRUTH, len(LABELS))) == pytest.approx(SURFACE_SHARE, abs=1e-4)


@pytest.mark.parametrize(("is_better", "counted"), [(True, SMALL_SHARE), (False, SURFACE_SHARE)])
def test_either_form_knows_its_own_phrases_and_most_that_were_held_out(
    is_better: bool, counted: float, vectors: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "is_surely_better", lambda *_: is_better)
    fitted = fit_best(TEXTS, vectors, TRUTH, len(LABELS))
    meaning = fitted.features.to_landmarks(vectors) @ fitted.ridge.meaning
    scores = meaning + fitted.features.surfaces(TEXTS) @ fitted.ridge.surface + fitted.ridge.bias
    assert share(fitted) == pytest.approx(counted, abs=1e-4)
    assert (scores.argmax(axis=1) == TRUTH).all()
    assert (fitted.held_out.argmax(axis=1) == TRUTH).mean() > 0.7


@pytest.mark.parametrize(
    ("gained", "lost", "is_kept"),
    [(570, 527, False), (572, 504, False), (27, 13, True), (116, 80, True), (13, 27, False)],
)
def test_the_dearer_form_has_to_be_better_beyond_chance(gained: int, lost: int, is_kept: bool) -> None:
    other = np.array([True] * gained + [False] * lost)
    assert forms.is_surely_better(other, ~other) is is_kept
