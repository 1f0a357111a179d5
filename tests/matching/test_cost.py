"""What a message costs, against the one pass of the encoder that it cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import mean
from time import perf_counter

import pytest
from threadpoolctl import threadpool_limits

from bot.matching.encoder import Encoder
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions

QUESTIONS = (
    "how long until the money is on our account", "can a school take part too", "where is the serial number of a dock",
    "i have lost the receipt, is that a problem", "do you pay by cheque", "what is an order confirmation",
)  # fmt: skip
ROUNDS = 20
RANKED, READ = 2.5, 4.0
"""How many passes of the encoder it may cost to rank a text, and to read a message, which may be several texts.

On a quiet machine it is 1.3 and 1.9; one that runs other tests beside these is given more.
"""
MANY, VERY_MANY = 2.0, 4.5
"""How much more it may cost with ten and with a hundred times the entries; 1.2 and 2.6 on a quiet machine."""
CAPPED = "how long does the payment take and why is it not here yet " * 20
ODD = ("x" * 10_000, "😀" * 5_000, "\x00\x07" * 5_000, "na " * 4_000, "ordrebekræftelse" * 600, "q", "?" * 10_000)


@pytest.fixture(autouse=True)
def as_served() -> Iterator[None]:
    """Matrices are multiplied by one thread, as in the process that answers customers (`bot/inside_rasa/server.py`)."""
    with threadpool_limits(1, "blas"):
        yield


def milliseconds(work: Callable[[str], object], texts: tuple[str, ...]) -> float:
    """The mean over the texts of the quickest of several rounds: what else the machine does can only slow a round."""
    quickest = []
    for text in texts:
        work(text)
        quickest.append(min(seconds_for(work, text) for _ in range(ROUNDS)))
    return 1000 * mean(quickest)


def seconds_for(work: Callable[[str], object], text: str) -> float:
    began = perf_counter()
    work(text)
    return perf_counter() - began


def test_reading_a_question_costs_little_more_than_one_pass_of_the_encoder(
    trained_matcher: Matcher, encoder: Encoder
) -> None:
    bare = milliseconds(lambda text: encoder.encode([text]), QUESTIONS)
    ranked = milliseconds(lambda text: trained_matcher.rank([text]), QUESTIONS)
    read = milliseconds(lambda text: read_questions(text, trained_matcher), QUESTIONS)
    assert ranked <= RANKED * bare, f"{ranked:.1f} ms against {bare:.1f} ms"
    assert read <= READ * bare, f"{read:.1f} ms against {bare:.1f} ms"


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_message_costs_more_than_a_long_one(text: str, trained_matcher: Matcher) -> None:
    capped = milliseconds(lambda message: read_questions(message, trained_matcher), (CAPPED,))
    assert milliseconds(lambda message: read_questions(message, trained_matcher), (text,)) <= 2.5 * capped


def test_a_hundred_times_the_entries_cost_hardly_more(encoder: Encoder) -> None:
    few, many, very_many = (matcher_of(entries, encoder) for entries in (20, 200, 2000))
    few_ms, many_ms, very_many_ms = (
        milliseconds(lambda text, asked=asked: asked.rank([text]), QUESTIONS) for asked in (few, many, very_many)
    )
    assert many_ms <= MANY * few_ms, f"{many_ms:.1f} ms against {few_ms:.1f} ms"
    assert very_many_ms <= VERY_MANY * few_ms, f"{very_many_ms:.1f} ms against {few_ms:.1f} ms"


def matcher_of(entries: int, encoder: Encoder) -> Matcher:
    """Any phrases will do: what counts is how many entries there are."""
    said = ("what about {} then", "please tell me of {}", "{} is what I ask for")
    examples = [(line.format(f"subject {entry}"), f"entry_{entry}") for entry in range(entries) for line in said]
    return Matcher.fit(examples, encoder)
