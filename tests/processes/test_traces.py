"""What customers leave behind: nothing personal in logs and trackers, and their words in no log. Runs after the faults."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tests.processes import planted
from tests.processes.running_desk import Customer, RunningDesk

PERSONAL = ("730418", "264957", "581036", "hjelmsund", "solberga", "tveitdal")
"""What of the planted claims must not stand where it has no business."""


def test_nothing_personal_is_left_in_logs_or_trackers(desk: RunningDesk, customer: Customer) -> None:
    customer.say(f"Where does my claim {planted.VALIDATED.reference} stand?")
    customer.say(planted.VALIDATED.email)
    customer.say(f"and {planted.GUARDED.reference} / {planted.GUARDED.email.upper()}")
    customer.say('/claim_status{"reference": "LEN-730418"}')

    assert set(desk.logs) >= {"gateway", "rasa", "actions"}
    for name, log in {**desk.logs, "terminal": desk.terminal}.items():
        assert found_in(log) == [], name
    assert found_in(everything_in(desk, "tracker")) == []


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


def found_in(text: str) -> list[str]:
    return [personal for personal in PERSONAL if personal in text.lower()]


def everything_in(desk: RunningDesk, database: str) -> str:
    with sqlite3.connect(desk.database(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    assert any(rows.values()), f"nothing was kept in {database}"
    return str(rows)
