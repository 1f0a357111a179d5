"""The figures on predictions made by hand, so that each can be counted on fingers."""

from __future__ import annotations

import math

import pytest

from bot.core.evaluation import Figure, LabelledQuestion, Prediction, by_kind, first_is_right, is_right, summarise
from bot.core.ranking import Band


def predicted(*labels: str, band: Band = Band.ANSWER, then: tuple[str, ...] = ()) -> Prediction:
    ranking = [*labels, *then]
    return Prediction(labels, band, tuple((label, 0.9 - 0.1 * place) for place, label in enumerate(ranking)))


SURE = LabelledQuestion("Where do I sign?", ("signing",), kind="plain")
EITHER = LabelledQuestion("Which box?", ("box",), also=("carton",), kind="plain")
THIRD = LabelledQuestion("And the lid?", ("lid",), kind="misspelt")
REFUSED = LabelledQuestion("Is it glass?", ("glass",), kind="misspelt")
STRANGER = LabelledQuestion("Who won the cup?", ("out_of_scope",), kind="stranger")
ANSWERED_STRANGER = LabelledQuestion("Do you sell bread?", ("out_of_scope",), kind="stranger")
BOTH = LabelledQuestion("Where do I sign, and which box?", ("signing", "box"), kind="several")

QUESTIONS = (SURE, EITHER, THIRD, REFUSED, STRANGER, ANSWERED_STRANGER, BOTH)
PREDICTIONS = (
    predicted("signing"),
    predicted("carton", then=("box",)),
    predicted("signing", then=("glass", "lid")),
    predicted("out_of_scope", band=Band.NONE, then=("glass", "lid")),
    predicted("out_of_scope", band=Band.NONE),
    predicted("box"),
    predicted("box", "signing"),
)


def figures() -> dict[str, tuple[int, int]]:
    return {figure.name: (figure.hits, figure.of) for figure in summarise(QUESTIONS, PREDICTIONS)}


@pytest.mark.parametrize(
    ("name", "hits", "of"),
    [
        ("first choice right", 2, 4),
        ("right one among the first three", 4, 4),
        ("answered outright", 3, 4),
        ("… and right", 2, 3),
        ("refused", 1, 4),
        ("strangers not answered", 1, 2),
        ("strangers refused", 1, 2),
        ("several questions, all answered", 1, 1),
    ],
)
def test_every_figure_counts_what_it_names(name: str, hits: int, of: int) -> None:
    assert figures()[name] == (hits, of)


def test_kinds_are_told_apart_in_the_order_they_come() -> None:
    assert by_kind(QUESTIONS, PREDICTIONS) == [
        Figure("plain", 2, 2),
        Figure("misspelt", 0, 2),
        Figure("stranger", 1, 2),
        Figure("several", 1, 1),
    ]


def test_an_equally_right_label_is_right() -> None:
    assert first_is_right(EITHER, predicted("carton"))
    assert not first_is_right(EITHER, predicted("lid"))


def test_of_several_questions_all_must_be_answered() -> None:
    assert is_right(BOTH, predicted("signing", "box", "lid"))
    assert not is_right(BOTH, predicted("signing"))
    assert not is_right(BOTH, predicted("signing", "box", band=Band.SUGGEST))


def test_the_stranger_in_a_message_of_several_needs_no_answer() -> None:
    with_stranger = LabelledQuestion("Sign where, and who won?", ("signing", "out_of_scope"))
    assert is_right(with_stranger, predicted("signing"))


def test_a_suggestion_to_a_stranger_is_no_wrong_answer() -> None:
    assert is_right(STRANGER, predicted("box", band=Band.SUGGEST))
    assert not is_right(STRANGER, predicted("box"))


def test_a_prediction_without_a_ranking_is_wrong() -> None:
    assert not first_is_right(SURE, Prediction(("signing",), Band.ANSWER, ()))


def test_a_share_of_nothing_is_no_number() -> None:
    assert math.isnan(Figure("strangers refused", 0, 0).share)
    assert Figure("refused", 1, 4).share == 0.25
