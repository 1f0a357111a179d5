"""Which halves of a sentence are read, and which need not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ranking import Band, Candidate, Ranking
from bot.matching.foresight import ALL_SEEN, LEAST_LEARNT, MISSED, evidence_of, learn_foresight
from bot.matching.several import Pair, SeveralQuestions

SURE_OF_TWO = SeveralQuestions((0.0, 10.0), -5.0, threshold=0.5, saving_threshold=0.5)
"""Takes two parts for two questions where the less sure one is about as sure as the other."""
FIRST, SECOND = "when do you open on Sundays", "how much is the late fee"
STORY, END = "I brought the book back on Sunday", "the lady at the desk took it"


def ranking(text: str, best: float, second: float = 0.0, stranger: float = 0.0, label: str = "hours") -> Ranking:
    candidates = (Candidate(label, best), Candidate("other", second))
    return Ranking(text, candidates, Band.ANSWER if best > 0.5 else Band.SUGGEST, stranger)


def pair(first: str, second: str, sure: float, whole: Ranking) -> Pair:
    return Pair(ranking(first, sure), ranking(second, sure, label="fee"), whole)


def asked(place: int) -> Pair:
    """Two questions in one sentence, of which the whole knows both."""
    whole = ranking(f"{FIRST} and {SECOND}", 0.5 + place / 1000, 0.4 - place / 1000)
    return pair(FIRST, SECOND, 0.9, whole)


def told(place: int) -> Pair:
    """A story in one sentence, of which the whole knows what it is about."""
    return pair(STORY, END, 0.2, ranking(f"{STORY} and {END}", 0.9 + place / 1000, 0.02))


ASKED, TOLD = [asked(place) for place in range(2 * LEAST_LEARNT)], [told(place) for place in range(2 * LEAST_LEARNT)]


def test_the_pairs_are_what_they_are_meant_to_be() -> None:
    assert all(map(SURE_OF_TWO.are_two, ASKED))
    assert not any(map(SURE_OF_TWO.are_two, TOLD))


def test_halves_that_may_be_two_questions_are_read_and_a_story_is_not() -> None:
    foresight = learn_foresight([*ASKED, *TOLD], SURE_OF_TWO)
    assert foresight.worth_reading(ASKED[1].whole, [(FIRST, SECOND)]) == [(FIRST, SECOND)]
    assert foresight.worth_reading(TOLD[1].whole, [(STORY, END)]) == []


def test_of_several_splits_only_those_that_may_be_two_questions_are_read() -> None:
    foresight = learn_foresight([*ASKED, *TOLD], SURE_OF_TWO)
    whole = ASKED[0].whole
    splits = [(STORY, END), (FIRST, SECOND)]
    expected = [split for split in splits if foresight.likelihood(whole, *split) >= foresight.threshold]
    assert (FIRST, SECOND) in foresight.worth_reading(whole, splits) == expected


def test_next_to_none_of_the_two_questions_learnt_from_are_missed() -> None:
    foresight = learn_foresight([*ASKED, *TOLD], SURE_OF_TWO)
    missed = [one for one in ASKED if not foresight.worth_reading(one.whole, [(one.first.text, one.second.text)])]
    assert len(missed) <= MISSED * len(ASKED)


def test_clauses_that_no_joint_makes_teach_nothing() -> None:
    clauses = [pair(FIRST, SECOND, 0.9, ranking(f"{FIRST}? {SECOND}?", 0.5, 0.4)) for _ in range(2 * LEAST_LEARNT)]
    assert learn_foresight([*clauses, *TOLD], SURE_OF_TWO) == ALL_SEEN


@pytest.mark.parametrize("pairs", [[], TOLD, ASKED, [*ASKED[: LEAST_LEARNT - 1], *TOLD]])
def test_whoever_has_learnt_nothing_reads_all_halves(pairs: list[Pair]) -> None:
    foresight = learn_foresight(pairs, SURE_OF_TWO)
    assert foresight == ALL_SEEN
    assert foresight.worth_reading(TOLD[0].whole, [(STORY, END)]) == [(STORY, END)]


@given(st.text(max_size=60), st.text(max_size=60), st.floats(0, 1), st.floats(0, 1))
def test_the_likelihood_is_one_whatever_was_written(first: str, second: str, best: float, stranger: float) -> None:
    whole = ranking(f"{first} and {second}", best, 0.0, stranger)
    foresight = learn_foresight([*ASKED, *TOLD], SURE_OF_TWO)
    assert len(evidence_of(whole, first, second)) == len(foresight.weights)
    assert 0 <= foresight.likelihood(whole, first, second) <= 1
