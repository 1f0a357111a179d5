"""Kernel ridge regression: what it learns, what it has not seen, and how many phrases it takes."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.ridge import MOST_PHRASES, Phrases, TooManyPhrases, Truth, fit_ridge, held_out_scores

LABELS = 3


def phrases(count: int = 30, seed: int = 0, apart: float = 3.0) -> Phrases:
    """Phrases around one point for each label, with some noise; the surface is noise only."""
    draw = np.random.default_rng(seed)
    truth: Truth = np.arange(count, dtype=np.int64) % LABELS
    noise = draw.normal(size=(count, 5)).astype(np.float32)
    meaning = apart * np.eye(5, dtype=np.float32)[truth] + 0.3 * noise
    surface = sparse.csr_matrix(0.1 * draw.random((count, 7)), dtype=np.float32)
    return Phrases(meaning, surface, truth)


def strangers_to_each_other(count: int) -> Phrases:
    return Phrases(np.eye(count, dtype=np.float32), sparse.csr_matrix((count, 1), dtype=np.float32), truth_of(count))


def truth_of(count: int) -> Truth:
    return np.arange(count, dtype=np.int64) % LABELS


def test_the_inner_products_are_those_of_meaning_and_surface_together() -> None:
    some = phrases()
    rows = np.hstack([some.meaning, some.surface.toarray()])
    assert np.allclose(some.inner_products(), rows @ rows.T, atol=1e-4)


def test_each_phrase_scores_highest_for_its_label() -> None:
    some = phrases()
    ridge = fit_ridge(some, some.inner_products(), LABELS)
    scores = some.meaning @ ridge.meaning + some.surface @ ridge.surface + ridge.bias
    assert (scores.argmax(axis=1) == some.truth).all()


def test_what_was_not_seen_is_still_known_by_its_neighbours() -> None:
    some = phrases()
    assert (held_out_scores(some, some.inner_products(), LABELS).argmax(axis=1) == some.truth).all()


def test_a_held_out_phrase_says_nothing_about_itself() -> None:
    alone = strangers_to_each_other(27)
    products = alone.inner_products()
    ridge = fit_ridge(alone, products, LABELS)
    assert ((alone.meaning @ ridge.meaning + ridge.bias).argmax(axis=1) == alone.truth).all()
    assert np.allclose(held_out_scores(alone, products, LABELS), 1 / LABELS, atol=1e-5)


def test_the_bias_is_the_share_of_each_label() -> None:
    some = phrases(31)
    ridge = fit_ridge(some, some.inner_products(), LABELS)
    assert ridge.bias == pytest.approx(np.bincount(some.truth) / 31)


def test_weights_are_small_numbers_and_have_a_column_for_each_label() -> None:
    some = phrases()
    ridge = fit_ridge(some, some.inner_products(), LABELS)
    assert (ridge.meaning.shape, ridge.surface.shape, ridge.bias.shape) == ((5, LABELS), (7, LABELS), (LABELS,))
    assert {ridge.meaning.dtype, ridge.surface.dtype, ridge.bias.dtype} == {np.dtype(np.float32)}


def test_a_phrase_under_two_labels_is_shared_between_them() -> None:
    same = np.ones((6, 2), dtype=np.float32)
    some = Phrases(same, sparse.csr_matrix((6, 1), dtype=np.float32), np.array([0, 1, 0, 1, 0, 1]))
    ridge = fit_ridge(some, some.inner_products(), 2)
    assert same[0] @ ridge.meaning + ridge.bias == pytest.approx([0.5, 0.5], abs=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.integers(9, 40), st.integers(0, 1000), st.floats(0, 5))
def test_the_same_is_learnt_twice_and_every_row_sums_to_one(count: int, seed: int, apart: float) -> None:
    some = phrases(count, seed, apart)
    first, second = (held_out_scores(some, some.inner_products(), LABELS) for _ in range(2))
    assert (first == second).all()
    assert np.allclose(first.sum(axis=1), 1, atol=1e-3)


def test_learning_leaves_the_inner_products_as_they_are() -> None:
    some = phrases()
    products = some.inner_products()
    before = products.copy()
    fit_ridge(some, products, LABELS)
    held_out_scores(some, products, LABELS)
    assert (products == before).all()


def test_nearness_given_as_it_is_teaches_the_same_as_the_rows_it_is_made_of() -> None:
    some = phrases()
    near = Phrases(some.meaning @ some.meaning.T, some.surface, some.truth, is_nearness=True)
    by_rows, by_nearness = (fit_ridge(own, own.inner_products(), LABELS) for own in (some, near))
    assert np.allclose(near.inner_products(), some.inner_products(), atol=1e-4)
    assert np.allclose(near.meaning @ by_nearness.meaning, some.meaning @ by_rows.meaning, atol=1e-3)
    assert np.allclose(by_nearness.surface, by_rows.surface, atol=1e-3)


def test_too_many_phrases_are_refused_with_both_numbers() -> None:
    count = MOST_PHRASES + 1
    many = Phrases(np.zeros((count, 1), np.float32), sparse.csr_matrix((count, 1), dtype=np.float32), truth_of(count))
    with pytest.raises(TooManyPhrases, match="^20001 phrases are too many; 20000 can be learnt at once$"):
        many.inner_products()
