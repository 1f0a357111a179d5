"""What a message costs, against the one pass of the encoder that it cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import mean
from time import perf_counter, sleep

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
TRIES, PAUSE_SECONDS = 5, 3.0
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


def milliseconds(*works: Callable[[str], object], texts: tuple[str, ...] = QUESTIONS) -> list[float]:
    """For each work the mean over the texts of its quickest round. What else the machine does can only slow a round.

    The works take turns, so that a busy while slows all of them.
    """
    quickest = [[min(rounds) for rounds in zip(*(_round(works, text) for _ in range(ROUNDS)))] for text in texts]
    return [1000 * mean(of_one) for of_one in zip(*quickest)]


def _round(works: Sequence[Callable[[str], object]], text: str) -> list[float]:
    return [seconds_for(work, text) for work in works]


def seconds_for(work: Callable[[str], object], text: str) -> float:
    began = perf_counter()
    work(text)
    return perf_counter() - began


def assert_soon(check: Callable[[], str]) -> None:
    """The check finds nothing wrong, or finds it again and again: a machine may be busy for longer than a measurement."""
    for _ in range(TRIES):
        wrong = check()
        if not wrong:
            return
        sleep(PAUSE_SECONDS)
    pytest.fail(wrong)


def test_reading_a_question_costs_little_more_than_one_pass_of_the_encoder(
    trained_matcher: Matcher, encoder: Encoder
) -> None:
    def check() -> str:
        bare, ranked, read = milliseconds(
            lambda text: encoder.encode([text]),
            lambda text: trained_matcher.rank([text]),
            lambda text: read_questions(text, trained_matcher),
        )
        told = f"{bare:.1f} ms bare, {ranked:.1f} ranked, {read:.1f} read"
        return "" if ranked <= RANKED * bare and read <= READ * bare else told

    assert_soon(check)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_message_costs_more_than_a_long_one(text: str, trained_matcher: Matcher) -> None:
    def check() -> str:
        capped, odd = milliseconds(
            lambda _: read_questions(CAPPED, trained_matcher),
            lambda _: read_questions(text, trained_matcher),
            texts=("",),
        )
        return "" if odd <= 2.5 * capped else f"{odd:.1f} ms against {capped:.1f} ms"

    assert_soon(check)


def test_a_hundred_times_the_entries_cost_hardly_more(encoder: Encoder) -> None:
    matchers = [matcher_of(entries, encoder) for entries in (20, 200, 2000)]

    def check() -> str:
        few, many, very_many = milliseconds(*(lambda text, asked=asked: asked.rank([text]) for asked in matchers))
        told = f"{few:.1f}, {many:.1f} and {very_many:.1f} ms"
        return "" if many <= MANY * few and very_many <= VERY_MANY * few else told

    assert_soon(check)


def matcher_of(entries: int, encoder: Encoder) -> Matcher:
    """Any phrases will do: what counts is how many entries there are."""
    said = ("what about {} then", "please tell me of {}", "{} is what I ask for")
    examples = [(line.format(f"subject {entry}"), f"entry_{entry}") for entry in range(entries) for line in said]
    return Matcher.fit(examples, encoder)
