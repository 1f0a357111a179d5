"""Groups of gaps: how they are counted, ordered and put aside."""

from __future__ import annotations

from datetime import timedelta

from bot.core.gap_groups import (
    Dismissal,
    GapGroup,
    GroupedTexts,
    Phrase,
    Reading,
    Standing,
    key_of,
    phrases_of,
    put_together,
    with_decisions,
)
from bot.core.gaps import Failure, Gap
from bot.core.ranking import Band
from tests.gaps import NOON

DISMISSAL = Dismissal("Lea", NOON)
AWAY = Reading("how_long", 0.3, Band.NONE)
ANSWERED = Reading("how_long", 0.9, Band.ANSWER)


def gap(text: str, who: str = "c1", minutes: int = 0, failure: Failure = Failure.NO_ANSWER, reason: str = "") -> Gap:
    return Gap(who, text, NOON + timedelta(minutes=minutes), (failure,), (reason,) if reason else ())


def one_group(*gaps: Gap, reading: Reading = AWAY) -> GapGroup:
    phrases = phrases_of(gaps)
    (group,) = put_together(phrases, GroupedTexts((tuple(range(len(phrases))),), (reading,) * len(phrases)))
    return group


def test_spellings_that_differ_in_nothing_that_matters_are_one_wording_in_its_newest_spelling() -> None:
    (phrase,) = phrases_of([gap("Is  it taxable"), gap("IS IT TAXABLE?!", "c2", 5), gap("is it taxable…", "c3", 3)])

    assert (phrase.text, len(phrase.people)) == ("IS IT TAXABLE?!", 3)
    assert key_of("Is it taxable ?") == phrase.key != key_of("is it tax")


def test_who_asks_three_times_is_one_person() -> None:
    group = one_group(gap("taxes?"), gap("is it taxable"), gap("taxes"), gap("taxes?", "c2"))

    assert group.people == 2
    assert group.failures == {Failure.NO_ANSWER: 4}


def test_most_people_come_first_and_then_the_newest() -> None:
    phrases = phrases_of([gap("old", minutes=1), gap("new", minutes=9), gap("often"), gap("often", "c2")])
    groups = put_together(phrases, GroupedTexts(((0,), (1,), (2,)), (AWAY,) * 3))

    assert [group.text for group in groups] == ["often", "new", "old"]


def test_the_one_in_the_middle_stands_for_all_and_the_others_follow_by_people() -> None:
    phrases = phrases_of([gap("a"), gap("b"), gap("b", "c2"), gap("c")])
    by_text = {phrase.text: number for number, phrase in enumerate(phrases)}
    (group,) = put_together(phrases, GroupedTexts(((by_text["c"], by_text["a"], by_text["b"]),), (AWAY,) * 3))

    assert (group.text, [phrase.text for phrase in group.phrases]) == ("c", ["c", "b", "a"])


def test_without_the_model_each_wording_is_by_itself() -> None:
    groups = put_together(phrases_of([gap("a b"), gap("a c")]), None)

    assert [group.reading for group in groups] == [None, None]


def test_a_dismissal_holds_until_most_people_ask_in_new_words() -> None:
    known = [gap("taxes?", who) for who in ("c1", "c2")]
    dismissed = {key_of("taxes?"): DISMISSAL}

    def standing(*new: Gap) -> Standing:
        return GapGroup(tuple(with_decisions(phrases_of([*known, *new]), dismissed, {}))).standing

    assert standing() is standing(gap("is it taxable", "c3")) is Standing.DISMISSED
    assert standing(gap("is it taxable", "c3"), gap("vat?", "c4")) is Standing.OPEN


def test_a_proposal_takes_a_group_and_a_dismissal_goes_before_it() -> None:
    phrases = phrases_of([gap("taxes?")])
    key = key_of("taxes?")

    assert GapGroup(tuple(with_decisions(phrases, {}, {key: 7}))).standing is Standing.PROPOSED
    assert GapGroup(tuple(with_decisions(phrases, {}, {key: 7}))).proposals == (7,)
    assert GapGroup(tuple(with_decisions(phrases, {key: DISMISSAL}, {key: 7}))).standing is Standing.DISMISSED


def test_what_the_model_answers_by_now_is_no_open_gap_unless_more_than_an_answer_was_missing() -> None:
    assert one_group(gap("taxes?"), reading=ANSWERED).standing is Standing.ANSWERED
    assert one_group(gap("taxes?")).standing is Standing.OPEN
    assert one_group(gap("taxes?", failure=Failure.THUMBS_DOWN), reading=ANSWERED).standing is Standing.OPEN


def test_reasons_are_counted_most_frequent_first() -> None:
    down = Failure.THUMBS_DOWN
    group = one_group(
        gap("a", reason="wrong", failure=down),
        gap("b", "c2", reason="old", failure=down),
        gap("a", "c3", reason="old", failure=down),
    )

    assert list(group.reasons.items()) == [("old", 2), ("wrong", 1)]


def test_a_wording_can_be_any_text() -> None:
    assert len(key_of("\ud800 ‹x›")) == 16
    assert key_of("?!") == key_of("…")
    assert Phrase("k", "t", (gap("t"),)).last_at == NOON
