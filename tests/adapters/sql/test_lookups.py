"""Details given for a look-up are kept and forgotten, and failures are counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.lookups import SqlLookups
from bot.services.ports import FailureCounts, LookupDetails, Lookups, Unavailable
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeLookups

NOON = datetime(2023, 10, 5, 12, 0, tzinfo=timezone.utc)
PAIR = {"reference": "LEN-615204", "email": "kontor@birkvik.example"}


@pytest.fixture(params=("fake", *BACKENDS))
def lookups(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lookups]:
    """The port, empty: the fake, and the real one on every database."""
    if request.param == "fake":
        yield FakeLookups()
        return
    with migrated_database(request.param, tmp_path, "desk") as engine:
        yield SqlLookups(engine, "a secret")


def test_an_unknown_conversation_has_given_nothing(lookups: Lookups) -> None:
    lookups.keep("noise", LookupDetails("LEN-999999", "noise@noise.example", "LEN-999999"))
    assert lookups.details("here") == LookupDetails()


def test_details_are_kept_as_given_last(lookups: Lookups) -> None:
    lookups.keep("here", LookupDetails(reference="LEN-615204"))
    lookups.keep("here", LookupDetails(reference="LEN-615204", email="kontor@birkvik.example"))
    lookups.keep("noise", LookupDetails())
    assert lookups.details("here") == LookupDetails("LEN-615204", "kontor@birkvik.example", None)


def test_forgotten_details_are_gone_and_the_others_stay(lookups: Lookups) -> None:
    lookups.keep("here", LookupDetails("LEN-615204", "kontor@birkvik.example", "LEN-615204"))
    lookups.keep("noise", LookupDetails("LEN-999999"))
    lookups.forget("here")
    lookups.forget("never seen")
    assert lookups.details("here") == LookupDetails()
    assert lookups.details("noise") == LookupDetails("LEN-999999")


def test_nothing_is_counted_before_the_first_attempt(lookups: Lookups) -> None:
    assert lookups.failures_since(NOON, conversation="here", **PAIR) == FailureCounts(0, 0, 0)


def test_failures_are_counted_by_conversation_reference_and_address(lookups: Lookups) -> None:
    lookups.record_attempt("here", reference="LEN-000001", email="x@birkvik.example", succeeded=False, at=NOON)
    lookups.record_attempt("here", reference="LEN-615204", email="x@birkvik.example", succeeded=False, at=NOON)
    lookups.record_attempt("there", reference="LEN-615204", email="x@birkvik.example", succeeded=False, at=NOON)
    lookups.record_attempt("there", reference="LEN-000001", email="kontor@birkvik.example", succeeded=False, at=NOON)
    lookups.record_attempt("noise", reference="LEN-000001", email="y@birkvik.example", succeeded=False, at=NOON)
    lookups.record_attempt("here", **PAIR, succeeded=True, at=NOON)
    assert lookups.failures_since(NOON, conversation="here", **PAIR) == FailureCounts(2, 2, 1)


def test_an_attempt_for_one_message_counts_once_and_not_against_itself(lookups: Lookups) -> None:
    for _ in range(2):
        lookups.record_attempt("here", **PAIR, succeeded=False, at=NOON, turn="1")
    lookups.record_attempt("here", **{**PAIR, "email": "x@birkvik.example"}, succeeded=False, at=NOON, turn="1")
    lookups.record_attempt("there", **PAIR, succeeded=False, at=NOON, turn="1")
    assert lookups.failures_since(NOON, conversation="here", **PAIR) == FailureCounts(2, 3, 2)
    assert lookups.failures_since(NOON, conversation="here", **PAIR, turn="1") == FailureCounts(1, 2, 1)
    assert lookups.failures_since(NOON, conversation="here", **PAIR, turn="2") == FailureCounts(2, 3, 2)


def test_attempts_for_no_known_message_count_each(lookups: Lookups) -> None:
    for _ in range(2):
        lookups.record_attempt("here", **PAIR, succeeded=False, at=NOON)
    assert lookups.failures_since(NOON, conversation="here", **PAIR) == FailureCounts(2, 2, 2)


def test_failures_before_the_window_do_not_count_whatever_the_zone(lookups: Lookups) -> None:
    in_copenhagen = NOON.astimezone(ZoneInfo("Europe/Copenhagen"))
    lookups.record_attempt("here", **PAIR, succeeded=False, at=in_copenhagen - timedelta(seconds=1))
    lookups.record_attempt("here", **PAIR, succeeded=False, at=in_copenhagen)
    in_new_york = NOON.astimezone(ZoneInfo("America/New_York"))
    assert lookups.failures_since(in_new_york, conversation="here", **PAIR) == FailureCounts(1, 1, 1)


def test_attempts_hold_no_reference_and_no_address(desk_engine: Engine) -> None:
    SqlLookups(desk_engine, "a secret").record_attempt("here", **PAIR, succeeded=False, at=NOON)
    with desk_engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM lookup_attempts")).all())
    assert "here" in kept
    assert "615204" not in kept
    assert "birkvik" not in kept


def test_hashes_depend_on_the_secret(desk_engine: Engine) -> None:
    SqlLookups(desk_engine, "a secret").record_attempt("here", **PAIR, succeeded=False, at=NOON)
    elsewhere = SqlLookups(desk_engine, "another secret")
    assert elsewhere.failures_since(NOON, conversation="other", **PAIR) == FailureCounts(0, 0, 0)


def test_an_unreachable_database_is_unavailable() -> None:
    lookups = SqlLookups(make_engine("postgresql://nobody@127.0.0.1:1/nothing"), "a secret")
    for attempt in (
        lambda: lookups.details("here"),
        lambda: lookups.keep("here", LookupDetails()),
        lambda: lookups.forget("here"),
        lambda: lookups.record_attempt("here", **PAIR, succeeded=False, at=NOON),
        lambda: lookups.failures_since(NOON, conversation="here", **PAIR),
    ):
        with pytest.raises(Unavailable, match="desk database"):
            attempt()
