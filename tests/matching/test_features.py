"""Texts become rows that can be compared: by meaning, by letters and by words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import features as features_module
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import SMALL_SHARE, SURFACE_SHARE, Features
from tests.timing import processor_seconds

TEXTS = (
    "when do you open on sunday", "opening hours please", "how do i become a member", "i want a library card",
    "what is the fine for a late book", "my book is overdue", "hvornår åbner i på søndag", "när öppnar ni på lördag",
    "å", "word 12345",
)  # fmt: skip
ODD = ("", " ", "👋🏽🤷‍♀️", "1234567890", "æøå", "图书馆", "\x00", "\ud83d", "a" * 10_000, "word " * 2_000)


@pytest.fixture(scope="module")
def vectors(encoder: Encoder) -> Vectors:
    return encoder.encode(TEXTS)


@pytest.fixture(scope="module")
def features(vectors: Vectors) -> Features:
    return Features.learn(TEXTS, vectors)


def test_a_text_is_nearest_to_itself(features: Features, vectors: Vectors) -> None:
    nearness = features.to_landmarks(vectors)
    assert nearness.shape == (len(TEXTS), len(TEXTS))
    assert np.allclose(nearness.max(axis=1), 1, atol=1e-5)
    assert (nearness > 0).all()


def test_a_few_phrases_more_leave_nearly_all_landmarks_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features_module, "LANDMARKS", 100)
    texts = [f"question number {number}" for number in range(310)]
    vectors = np.eye(310, dtype=np.float32)

    def landmarks(count: int) -> set[int]:
        """Which of the first so many texts are landmarks."""
        learnt = Features.learn(texts[:count], vectors[:count])
        return set(np.flatnonzero(learnt.to_landmarks(vectors).max(axis=1) == 1.0))

    before = landmarks(300)
    assert len(before) == 100
    assert len(before & landmarks(310)) >= 90


def test_whitened_rows_have_the_nearness_as_their_products(features: Features, vectors: Vectors) -> None:
    nearness = features.to_landmarks(vectors)
    rows = nearness @ features.whitening()
    assert np.allclose(rows @ rows.T, nearness, atol=1e-3)


def test_letters_and_words_each_count_their_share(features: Features) -> None:
    _, values = features.surface("my book is late")
    assert float(values @ values) == pytest.approx(2 * SURFACE_SHARE, abs=1e-5)


def test_with_every_phrase_letters_and_words_count_for_less(
    features: Features, vectors: Vectors, tmp_path: Path
) -> None:
    whole = features.with_every_phrase(vectors)
    whole.save(tmp_path)
    for own in (whole, Features.load(tmp_path)):
        _, values = own.surface("my book is late")
        assert float(values @ values) == pytest.approx(2 * SMALL_SHARE, abs=1e-5)


def test_a_misspelt_text_shares_letters_with_the_right_one(features: Features) -> None:
    rows = features.surfaces(["opening hours", "openning houers", "my book"])
    alike = (rows @ rows.T).toarray()
    assert alike[0, 1] > alike[0, 2]


def test_nordic_letters_are_letters(features: Features) -> None:
    rows = features.surfaces(["hvornår åbner i", "när öppnar ni", TEXTS[6]])
    alike = (rows @ rows.T).toarray()
    assert alike[0, 2] > 5 * alike[0, 1]


def test_a_text_of_unknown_signs_has_no_surface(features: Features) -> None:
    for text in ("", "图书馆", "👋"):
        columns, values = features.surface(text)
        assert len(columns) == len(values) == 0


def test_without_terms_meaning_is_compared_alone(vectors: Vectors) -> None:
    alone = Features([], vectors)
    assert alone.surfaces(TEXTS).shape == (len(TEXTS), 0)
    assert np.allclose(np.diag(alone.to_landmarks(vectors)), 1, atol=1e-5)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_have_a_row_too(features: Features, text: str) -> None:
    row = features.surfaces([text])
    assert row.shape == (1, features.surface_size)
    assert np.isfinite(row.data).all()
    assert processor_seconds(lambda: features.surfaces([text])) < 3


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_stays_within_its_share(text: str) -> None:
    learnt = Features.learn(TEXTS, np.eye(len(TEXTS), dtype=np.float32))
    columns, values = learnt.surface(text)
    assert len(set(columns)) == len(columns)
    assert all(0 <= column < learnt.surface_size for column in columns)
    assert float(values @ values) <= 2 * SURFACE_SHARE + 1e-5


def test_several_texts_have_the_rows_they_have_alone(features: Features) -> None:
    together = features.surfaces(ODD).toarray()
    for row, text in zip(together, ODD):
        assert (features.surfaces([text]).toarray()[0] == row).all()


def test_saved_features_give_the_same_rows(features: Features, vectors: Vectors, tmp_path: Path) -> None:
    features.save(tmp_path)
    loaded = Features.load(tmp_path)
    texts = [*TEXTS, *ODD]
    assert loaded.surface_size == features.surface_size
    assert np.allclose(loaded.surfaces(texts).toarray(), features.surfaces(texts).toarray(), atol=1e-5)
    assert (loaded.to_landmarks(vectors) == features.to_landmarks(vectors)).all()
    assert {file.suffix for file in tmp_path.iterdir()} == {".json", ".npz"}


def test_what_is_saved_again_is_the_same(features: Features, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    features.save(first)
    Features.load(first).save(second)
    assert (first / "terms.json").read_bytes() == (second / "terms.json").read_bytes()


def test_the_same_is_learnt_twice(features: Features, vectors: Vectors) -> None:
    again = Features.learn(TEXTS, vectors)
    assert (again.surfaces(TEXTS) != features.surfaces(TEXTS)).nnz == 0
    assert (again.whitening() == features.whitening()).all()
