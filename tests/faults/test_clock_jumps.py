"""The clock jumps while customers talk: over the end of a phase, and back as a clock does that went wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes.running_desk import RunningDesk

LIBRARIES = "*/faketime/libfaketimeMT.so.1"
DATES = "until when can I send in my claim?"

Jump = Callable[[str], None]


def library() -> str:
    """Where Debian's libfaketime lies; empty if it is not installed."""
    return next((str(file) for file in Path("/usr/lib").glob(LIBRARIES)), "")


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that says what time it is."""
    if not library():
        reason = "no libfaketime; install Debian's package libfaketime"
        pytest.fail(reason) if os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1" else pytest.skip(reason)
    return tmp_path_factory.mktemp("clock") / "now"


@pytest.fixture(scope="module")
def jump(clock: Path) -> Jump:
    """Sets the time, which goes on from there; in UTC."""

    def to(moment: str) -> None:
        fresh = clock.with_suffix(".new")
        fresh.write_text(f"@{moment}\n")
        fresh.replace(clock)

    return to


@pytest.fixture(scope="module")
def desk(
    trained_model: Path, clock: Path, jump: Jump, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningDesk]:
    """A desk that takes the time from the clock."""
    jump("2023-12-31 22:50:00")
    desk = RunningDesk(tmp_path_factory.mktemp("desk"), is_demonstration=False)
    desk.settings |= {
        "LD_PRELOAD": library(),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": "UTC",
    }
    desk.start()
    yield desk
    desk.stop()


def test_a_phase_ends_in_the_middle_of_a_conversation(desk: RunningDesk, jump: Jump) -> None:
    jump("2023-12-31 22:50:00")  # ten minutes before midnight where the promotion is
    customer = desk.customer()
    before = " ".join(message["text"] for message in customer.say(DATES))
    page_before = customer.browser.get("/").text

    jump("2023-12-31 23:00:05")
    after = " ".join(message["text"] for message in customer.say(DATES))
    page_after = customer.browser.get("/").text

    assert "Today, 31 December 2023" in before and "Today, 1 January 2024" in after
    assert "the safe last day for claims is over" in after and "is over" not in page_before
    assert "The first is over" in page_after
    assert [message["from"] for message in customer.history()].count("customer") == 2


def test_a_clock_that_is_set_back_mixes_up_no_conversation_and_locks_nobody_out(desk: RunningDesk, jump: Jump) -> None:
    jump("2023-12-31 22:50:00")
    customer = desk.customer()
    for question in (DATES, "how long does the payment take?"):
        customer.say(question)
    jump("2023-12-31 20:00:00")
    customer.say("where is the invoice number?")

    said = [message["text"] for message in customer.history() if message["from"] == "customer"]
    assert said == [DATES, "how long does the payment take?", "where is the invoice number?"]
    assert desk.customer().say(DATES)[0]["text"]
