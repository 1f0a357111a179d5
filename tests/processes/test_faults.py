"""What the desk does when a part of it fails; each test leaves it working."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.adapters.replies_file import read_wording
from bot.config import ROOT
from tests.processes import planted
from tests.processes.running_desk import Customer, RunningDesk, is_running, wait_until
from tests.timing import slowness

WORDING = read_wording(ROOT / "faq" / "replies")
FAQ_QUESTION = "How long does the payment take?"
LOOK_UP = f"Where does my claim {planted.PAID.reference} stand? My address is {planted.PAID.email}"
LOOK_UP_SECONDS = 10.0


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL], ids=["hangs", "dies"])
def test_without_the_action_server_only_look_ups_fail(
    desk: RunningDesk, customer: Customer, number: signal.Signals
) -> None:
    with signalled(desk, "actions", number):
        looked_up, seconds = timed(customer, LOOK_UP)
        answered, _ = timed(customer, FAQ_QUESTION)

    assert looked_up["text"] == WORDING.say("look_up_failed")
    assert offers_form(looked_up) and seconds < LOOK_UP_SECONDS * slowness()
    assert answered["kind"] == "answer"
    desk.wait_until_ready()
    assert_claim_is_told(customer)


def test_without_rasa_the_customer_is_shown_other_ways(desk: RunningDesk, customer: Customer) -> None:
    customer.say(FAQ_QUESTION)
    with signalled(desk, "rasa", signal.SIGKILL):
        told, seconds = timed(customer, FAQ_QUESTION)

    assert told["kind"] == "notice" and told["text"] == WORDING.say("assistant_unavailable_with_entries")
    assert "/#payment_duration" in [link["url"] for link in told["links"]] or len(told["links"]) > 1
    assert offers_form(told) and seconds < LOOK_UP_SECONDS * slowness()
    assert desk.customer().browser.get("/").status_code == 200
    desk.wait_until_ready()
    assert "rasa has stopped (signal 9)" in desk.terminal
    assert_claim_is_told(customer)


def test_a_rasa_that_hangs_keeps_nobody_waiting_for_long(desk: RunningDesk, customer: Customer) -> None:
    with signalled(desk, "rasa", signal.SIGSTOP):
        told, seconds = timed(customer, FAQ_QUESTION)

    assert told["kind"] == "notice" and offers_form(told) and seconds < LOOK_UP_SECONDS * slowness()


def test_the_gateway_comes_back_with_the_conversation(desk: RunningDesk, customer: Customer) -> None:
    customer.say(FAQ_QUESTION)
    before = customer.history()

    with signalled(desk, "gateway", signal.SIGKILL):
        pass
    desk.wait_until_ready()

    assert customer.history() == before
    assert customer.say(FAQ_QUESTION)[0]["kind"] == "answer"


@pytest.mark.parametrize("instead", [b"This is no database. " * 500, b"", None], ids=["garbage", "empty", "a folder"])
def test_without_the_claims_only_look_ups_fail(desk: RunningDesk, customer: Customer, instead: bytes | None) -> None:
    with replaced(desk.database("claims"), instead):
        looked_up, seconds = timed(customer, LOOK_UP)
        answered, _ = timed(customer, FAQ_QUESTION)
        checks = customer.browser.get("/readyz").json()["checks"]

    assert looked_up["text"] == WORDING.say("claim_lookup_unavailable")
    assert offers_form(looked_up) and seconds < LOOK_UP_SECONDS * slowness()
    assert answered["kind"] == "answer"
    assert checks["claims_database"] == "unavailable"
    assert_claim_is_told(customer)


def test_without_the_desks_database_the_page_can_still_be_read(desk: RunningDesk, customer: Customer) -> None:
    customer.say(FAQ_QUESTION)
    with replaced(desk.database("desk"), b"This is no database. " * 500):
        page = customer.browser.get("/")
        form = customer.browser.get("/contact")
        refused = customer.browser.post("/api/chat", json={"text": FAQ_QUESTION})

    assert (page.status_code, form.status_code, refused.status_code) == (200, 200, 503)
    assert refused.json()["error"]["code"] == "unavailable" and "Retry-After" in refused.headers
    assert customer.say(FAQ_QUESTION)[0]["kind"] == "answer"


def test_rasa_goes_on_without_its_conversations(desk: RunningDesk, customer: Customer) -> None:
    with replaced(desk.database("tracker"), b"This is no database. " * 500):
        told, _ = timed(customer, FAQ_QUESTION)

    assert told["text"] and (told["kind"] == "answer" or offers_form(told))
    assert customer.say(FAQ_QUESTION)[0]["kind"] == "answer"


def timed(customer: Customer, text: str) -> tuple[dict, float]:
    """The first message in reply, and how long it took."""
    began = time.monotonic()
    return customer.say(text)[0], time.monotonic() - began


def offers_form(message: dict) -> bool:
    return any(link["url"].startswith("/contact") for link in message["links"])


def assert_claim_is_told(customer: Customer) -> None:
    assert "paid on 11 December 2023" in customer.say(LOOK_UP)[0]["text"]


@contextmanager
def signalled(desk: RunningDesk, name: str, number: signal.Signals) -> Iterator[None]:
    """Stop or kill a process; one that was stopped goes on afterwards."""
    process = desk.processes[name]
    os.kill(process, number)
    if number is signal.SIGKILL:
        wait_until(lambda: not is_running(process), 30, f"{name} to end")
    try:
        yield
    finally:
        if number is signal.SIGSTOP:
            os.kill(process, signal.SIGCONT)


@contextmanager
def replaced(database: Path, instead: bytes | None) -> Iterator[None]:
    """Something else, or a folder, where a SQLite database was; its companion files are put aside with it."""
    files = [file for file in database.parent.iterdir() if file.name.startswith(database.name)]
    aside = database.parent / "aside"
    aside.mkdir()
    for file in files:
        file.rename(aside / file.name)
    try:
        if instead is None:
            database.mkdir()
        else:
            database.write_bytes(instead)
        yield
    finally:
        for left in [file for file in database.parent.iterdir() if file.name.startswith(database.name)]:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        for file in files:
            (aside / file.name).rename(file)
        aside.rmdir()
