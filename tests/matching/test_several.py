"""Whether two parts are two questions: the evidence, the likelihood, and where the threshold lies."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Band, Candidate, Ranking
from bot.matching.several import (
    ASKING,
    NEVER_SEVERAL,
    WRONGLY_SPLIT,
    Pair,
    SeveralQuestions,
    learn_several,
)

EVIDENCE, STRANGE = 19, 8
"""How much evidence there is, and which piece of it says that a part has no answer."""


def ranking(text: str, stranger: float = 0.0, **scores: float) -> Ranking:
    best_first = sorted(scores.items(), key=lambda pair: -pair[1])
    return Ranking(text, tuple(Candidate(label, score) for label, score in best_first), Band.SUGGEST, stranger)


def pair(sure: float, in_whole: float = 0.4, text: str = "when do you open?") -> Pair:
    """Two parts, each as sure of its label; the whole as sure of the second one as told."""
    return Pair(
        ranking(text, hours=sure, fee=1 - sure),
        ranking("what is the fine?", hours=1 - sure, fee=sure),
        ranking(f"{text} what is the fine?", hours=1 - in_whole, fee=in_whole),
    )


TOGETHER = [pair(0.8 + place / 100) for place in range(15)]
SINGLE = [[pair(0.52 + place / 100, 0.05)] for place in range(15)]
rankings = st.builds(
    lambda text, first, second, stranger: ranking(text, stranger, hours=first, fee=second),
    st.text(max_size=60), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
weights = st.lists(st.floats(-10, 10), min_size=EVIDENCE, max_size=EVIDENCE).map(tuple)


@pytest.mark.parametrize(
    "text",
    ["is it late?", "how much", "and when", "HOW MUCH", "hvornår kommer de", "när öppnar ni", "får man kort", "?", "Är det sant"],
)  # fmt: skip
def test_a_question_is_heard_by_its_first_word_or_its_mark(text: str) -> None:
    assert ASKING.search(text)


@pytest.mark.parametrize(
    "text", ["", "👋", "12345", "I lost the card", "whatever", "show me", "hurra", "area", "mycket"]
)
def test_what_does_not_ask_is_no_question(text: str) -> None:
    assert not ASKING.search(text)


def test_nothing_learnt_takes_every_message_for_one_question() -> None:
    assert NEVER_SEVERAL.likelihood(pair(0.99)) == 0.0 < NEVER_SEVERAL.threshold


def test_a_part_that_no_label_fits_speaks_for_the_strangers() -> None:
    strange = Pair(ranking("a joke", 0.9, hours=0.1), ranking("open", hours=0.8), ranking("both", hours=0.5))
    assert strange.labels == {OUT_OF_SCOPE, "hours"}
    assert strange.evidence()[STRANGE] == 1.0


@given(rankings, rankings, rankings)
def test_evidence_is_finite_and_always_as_long(first: Ranking, second: Ranking, whole: Ranking) -> None:
    evidence = Pair(first, second, whole).evidence()
    assert len(evidence) == EVIDENCE
    assert all(map(math.isfinite, evidence))
    assert evidence[0] >= evidence[1]  # the surer part comes first


@given(rankings, rankings, rankings, weights, st.floats(-10, 10))
def test_the_likelihood_lies_between_nought_and_one(
    first: Ranking, second: Ranking, whole: Ranking, learnt: tuple[float, ...], bias: float
) -> None:
    assert 0 <= SeveralQuestions(learnt, bias).likelihood(Pair(first, second, whole)) <= 1


@given(rankings, rankings, rankings)
def test_it_does_not_matter_which_part_is_named_first(first: Ranking, second: Ranking, whole: Ranking) -> None:
    assert Pair(first, second, whole).evidence() == Pair(second, first, whole).evidence()


@pytest.mark.parametrize("text", ["", "👋" * 100, "1" * 10_000, "word " * 2_000, "når åbner I på søndag"])
def test_odd_parts_have_a_likelihood_too(text: str) -> None:
    learnt = learn_several(TOGETHER, SINGLE)
    assert 0 <= learnt.likelihood(pair(0.7, text=text)) <= 1


def test_sure_parts_are_likelier_two_questions_than_unsure_ones() -> None:
    learnt = learn_several(TOGETHER, SINGLE)
    assert learnt.likelihood(pair(0.95)) >= learnt.threshold > learnt.likelihood(pair(0.55, 0.05))


@pytest.mark.parametrize(("together", "single"), [([], SINGLE), (TOGETHER, []), (TOGETHER, [[], []]), ([], [])])
def test_without_either_kind_nothing_is_learnt(together: list[Pair], single: list[list[Pair]]) -> None:
    assert learn_several(together, single) == NEVER_SEVERAL


def test_the_same_is_learnt_twice() -> None:
    assert learn_several(TOGETHER, SINGLE) == learn_several(TOGETHER, SINGLE)


@pytest.mark.parametrize("asked", [15, 20, 39, 40, 100, 299, 1000])
def test_at_most_the_allowed_share_of_single_questions_is_split(asked: int) -> None:
    alike = [[pair(0.8 + place / 100)] for place in range(15)]  # nothing tells these from two questions
    others: list[list[Pair]] = [[]] * (asked - len(alike))
    learnt = learn_several(TOGETHER, alike + others)
    split = sum(learnt.likelihood(own[0]) >= learnt.threshold for own in alike)
    assert split <= WRONGLY_SPLIT * asked


def turned_away(sure: float, band: Band = Band.ANSWER) -> Pair:
    """A question without an answer, one that surely has one or seems to, and the message turned away as a whole."""
    return Pair(
        ranking("who mends my lamp?", 0.99, hours=0.01),
        replace(ranking("when do you open?", 1 - sure, hours=sure), band=band),
        ranking("who mends my lamp? when do you open?", 0.99, hours=0.01).turned_away(),
    )


def test_less_is_asked_of_parts_that_save_an_answer_from_being_turned_away() -> None:
    learnt = learn_several(TOGETHER, SINGLE, [[]] * 20)
    assert turned_away(0.9).saves_an_answer and not turned_away(0.9, Band.SUGGEST).saves_an_answer
    assert not pair(0.9).saves_an_answer and learnt.saving_threshold <= learnt.threshold
    asked = SeveralQuestions((0.0,) * EVIDENCE, 0.0, threshold=0.6, saving_threshold=0.4)
    assert asked.are_two(turned_away(0.9))
    assert not asked.are_two(turned_away(0.9, Band.SUGGEST)) and not asked.are_two(pair(0.9))


def test_at_most_the_allowed_share_of_questions_without_an_answer_gets_one_for_a_part() -> None:
    strange = [[turned_away(0.6 + place / 100)] for place in range(40)]
    learnt = learn_several(TOGETHER, SINGLE + strange, strange)
    assert sum(learnt.are_two(own[0]) for own in strange) <= WRONGLY_SPLIT * len(strange)
