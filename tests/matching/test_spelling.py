"""Misspelt and run-together words become the words of the phrases; everything else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.spelling import FREQUENT, MOST_REPAIRS, OUTNUMBERS, SHORT_TEXT, Spelling
from tests.timing import processor_seconds

WORDS = {
    "receipt": 200, "money": 150, "library": 90, "overdue": 60, "borrow": 40, "how": 90, "many": 60, "books": 80,
    "can": 70, "have": 50, "pengene": 100, "förlängning": 60, "størrelse": 60, "i": 30, "rare": 1, "x": 19,
}  # fmt: skip
COMMON = frozenset({"honey", "brow", "house"})


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(WORDS, COMMON.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("my reciept is lost", "my receipt is lost"),
        ("mony", "money"),
        ("moeny, please!", "money, please!"),
        ("libary libbrary", "library library"),
        ("overdeu", "overdue"),
        ("pengenne", "pengene"),
        ("förlangning", "förlängning"),
        ("størelse", "størrelse"),
    ],
)
def test_a_misspelt_word_becomes_the_frequent_one_it_is_like(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["", " ", "…", "👋🏽🤷‍♀️", "12345 67890", "LEN-123456", "honey house", "mon", "zebra", "图书馆", "e\u0301e\u0301", "a_b", "\ud83d", "\x00"],
)  # fmt: skip
def test_what_is_no_misspelt_word_stays(spelling: Spelling, text: str) -> None:
    assert spelling.repair(text) == text


def test_a_short_word_may_differ_by_one_letter_and_a_long_one_by_two(spelling: Spelling) -> None:
    assert spelling.repair("bocks") == "books"
    assert spelling.repair("bocls") == "bocls"
    assert spelling.repair("ovrdeu") == "ovrdeu"
    assert spelling.repair("overdxx") == "overdue"


@pytest.mark.parametrize(("times", "is_repaired"), [(OUTNUMBERS * 2, True), (OUTNUMBERS * 2 - 1, False)])
def test_a_known_word_gives_way_only_to_one_far_more_frequent(times: int, is_repaired: bool) -> None:
    spelling = Spelling({"receipt": times, "reciept": 2}, COMMON.__contains__)
    assert (spelling.repair("lost reciept") == "lost receipt") is is_repaired


def test_a_short_text_of_words_that_the_phrases_hold_means_them_as_they_stand() -> None:
    spelling = Spelling({"days": 400, "davs": 1, "ok": 9}, COMMON.__contains__)
    assert spelling.repair("davs") == "davs"
    assert spelling.repair("ok davs, ok!") == "ok davs, ok!"
    assert spelling.repair("in three davs") == "in three days"
    assert spelling.repair("ok " * SHORT_TEXT + "davs") == "ok " * SHORT_TEXT + "days"


def test_letters_that_changed_places_are_a_misspelling_even_if_somebody_wrote_the_same_before() -> None:
    spelling = Spelling({"wheres": 9, "my": 300, "money": 200, "moeny": 2}, COMMON.__contains__)
    assert spelling.repair("wheres my moeny???") == "wheres my money???"


def test_of_two_words_as_near_the_more_frequent_is_meant() -> None:
    assert Spelling({"price": 50, "prize": 80}, COMMON.__contains__).repair("prixe") == "prize"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("howmanybooks", "how many books"),
        ("canihaveoverduebooks?", "can i have overdue books?"),
        ("howmanybookscanihaveoverdue", "how many books can i have overdue"),
        ("howzyqzwzqjvk", "howzyqzwzqjvk"),
    ],
)
def test_a_long_unknown_word_falls_apart_if_it_is_made_of_known_ones(
    spelling: Spelling, typed: str, meant: str
) -> None:
    assert spelling.repair(typed) == meant


def test_only_so_many_words_of_a_text_are_repaired(spelling: Spelling) -> None:
    repaired = spelling.repair("reciept " * (MOST_REPAIRS + 3)).split()
    assert repaired == ["receipt"] * MOST_REPAIRS + ["reciept"] * 3


def test_common_and_short_words_do_not_use_up_the_repairs(spelling: Spelling) -> None:
    assert spelling.repair("honey my " * 50 + "reciept").endswith("receipt")


@pytest.mark.parametrize("text", ["a" * 10_000, "howmanybooks" * 800, "reciept " * 1_250, "9" * 10_000, "ø" * 10_000])
def test_ten_thousand_characters_are_no_burden(spelling: Spelling, text: str) -> None:
    assert processor_seconds(lambda: spelling.repair(text)) < 3


def test_the_words_are_counted_as_they_stand_in_the_phrases() -> None:
    learnt = Spelling.learn(["it's late, so late", "på 3 böcker", ""], COMMON.__contains__)
    assert learnt.words == {"it's": 1, "late": 2, "so": 1, "på": 1, "böcker": 1}


@given(st.text(max_size=300))
def test_who_learnt_nothing_repairs_nothing(text: str) -> None:
    assert Spelling.learn([], COMMON.__contains__).repair(text) == text


@given(st.text(max_size=300))
def test_any_text_is_repaired_the_same_way_twice(text: str) -> None:
    first, second = Spelling(WORDS, COMMON.__contains__), Spelling(WORDS, COMMON.__contains__)
    assert first.repair(text) == second.repair(text) == first.repair(text)


@given(st.lists(st.sampled_from([word for word, times in WORDS.items() if times >= FREQUENT]), max_size=20))
def test_frequent_words_are_left_alone(words: list[str]) -> None:
    text = " ".join(words)
    assert Spelling(WORDS, COMMON.__contains__).repair(text) == text
