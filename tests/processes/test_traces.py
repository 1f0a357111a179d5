"""What customers leave behind: nothing personal in logs and trackers, and their words in no log. Runs after the faults."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tests.processes.personal_words import SAID, found_in
from tests.processes.running_desk import Customer, RunningDesk


def test_nothing_personal_is_left_in_logs_or_trackers_or_in_what_customers_said(
    desk: RunningDesk, customer: Customer
) -> None:
    for text in SAID:
        customer.say(text)
    *_, answer = customer.say("How long does the payment take?")
    customer.browser.post("/api/feedback", json={"message_id": answer["id"], "helpful": True}).raise_for_status()

    assert set(desk.logs) >= {"gateway", "outbox", "rasa", "actions"}
    for name, log in {**desk.logs, "terminal": desk.terminal}.items():
        assert found_in(log) == [], name
    assert found_in(everything_in(desk, "tracker")) == []
    for kept in desk.folder.glob("tracker.db*"):
        assert found_in(kept.read_bytes().decode(errors="replace")) == [], kept.name
    said = said_by_customers(desk)
    assert sum("‹" in text for text in said) >= len(SAID) - 1 and found_in(str(said)) == []
    assert found_in(everything_in(desk, "desk", "offered_buttons", "feedback")) == []


def test_the_customers_words_are_in_no_log(desk: RunningDesk, customer: Customer) -> None:
    customer.say("Kvikkjokk marmalade, please")
    customer.say("Kvikkjokk: how long does the payment take?")

    assert not [name for name, log in {**desk.logs, "terminal": desk.terminal}.items() if "Kvikkjokk" in log]


def test_a_conversation_that_cannot_be_kept_is_not_logged_instead(desk: RunningDesk, customer: Customer) -> None:
    with unwritable(desk):
        (told, *_) = customer.say("Kvikkjokk: how long does the payment take?")

    assert told["kind"] == "answer"
    assert "no room left" in desk.logs["rasa"]
    assert "Kvikkjokk" not in desk.logs["rasa"]


@contextmanager
def unwritable(desk: RunningDesk) -> Iterator[None]:
    """Make the tracker database refuse what it is given."""
    with sqlite3.connect(desk.database("tracker")) as tracker:
        tracker.execute("CREATE TRIGGER refuse BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no room left'); END")
    try:
        yield
    finally:
        with sqlite3.connect(desk.database("tracker")) as tracker:
            tracker.execute("DROP TRIGGER refuse")


def said_by_customers(desk: RunningDesk) -> list[str]:
    with sqlite3.connect(desk.database("desk")) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM messages WHERE reply IS NULL")]


def everything_in(desk: RunningDesk, database: str, *only: str) -> str:
    with sqlite3.connect(desk.database(database)) as connection:
        tables = only or [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    assert any(rows.values()), f"nothing was kept in {database}"
    return str(rows)
