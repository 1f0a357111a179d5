"""Failures cannot be told apart by their time or by what the database is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.lookups import SqlLookups
from bot.core.claims import Claim
from bot.services.find_claim import SHORTEST_SECONDS, find_claim
from bot.services.keep_details import keep_details
from tests.claims import SUBMITTED
from tests.databases import migrated_database
from tests.fakes import FakeClock
from tests.services.find_claim.look_ups import NOBODYS, NOON, NOT_FOUND
from tests.timing import taken_in_turn, tells_apart

NOTICEABLE_SECONDS = 0.003


class SlowIfKnown(SqlClaims):
    """What a careless desk would do: more work for a claim that exists."""

    def find(self, reference: str) -> Claim | None:
        claim = super().find(reference)
        if claim:
            time.sleep(SHORTEST_SECONDS)
        return claim


class Failures:
    """Look-ups that fail, against real tables; no time is slept away, but what would have been is counted."""

    def __init__(self, claims: SqlClaims, lookups: SqlLookups) -> None:
        self.claims, self.lookups = claims, lookups
        self.statements: list[list[str]] = []
        self._is_counting = False

    def fail(self, reference: str, email: str) -> Callable[[int], float]:
        """The seconds that an attempt with these details takes, each time at an hour and in a conversation of its own."""

        def seconds(number: int) -> float:
            conversation, waited = f"{reference} {email} {number}", 0.0
            clock = FakeClock(NOON + timedelta(hours=2 * number))
            keep_details(conversation, reference, email, self.lookups)

            def wait(left: float) -> None:
                nonlocal waited
                waited += left

            self.statements.append([])
            self._is_counting = True
            began = time.perf_counter()
            assert (
                find_claim(conversation, claims=self.claims, lookups=self.lookups, clock=clock, wait=wait) == NOT_FOUND
            )
            took = time.perf_counter() - began + waited
            self._is_counting = False
            return took

        return seconds

    def note(self, *execution: Any) -> None:
        """To be called for each statement."""
        if self._is_counting:
            self.statements[-1].append(execution[2])


@pytest.mark.parametrize("is_careless", [False, True], ids=["ours", "a desk that takes longer for claims that exist"])
def test_failures_against_real_tables_cannot_be_told_apart_by_their_time_or_statements(
    tmp_path: Path, is_careless: bool
) -> None:
    with (
        migrated_database("sqlite", tmp_path / "claims", "claims") as claims_engine,
        migrated_database("sqlite", tmp_path / "desk", "desk") as desk_engine,
    ):
        import_claims(claims_engine, "spring", [SUBMITTED])
        import_claims(claims_engine, "autumn", [replace(SUBMITTED, reference="LEN-300300")])
        kind = SlowIfKnown if is_careless else SqlClaims
        failures = Failures(kind(claims_engine, "spring"), SqlLookups(desk_engine, "a secret"))
        for engine in (claims_engine, desk_engine):
            event.listen(engine, "before_cursor_execute", failures.note)

        unknown, of_somebody, of_another_promotion = taken_in_turn(
            30,
            failures.fail(NOBODYS, "first@else.example"),
            failures.fail(SUBMITTED.reference, "second@else.example"),
            failures.fail("LEN-300300", SUBMITTED.email),
        )
    assert min(*unknown, *of_somebody, *of_another_promotion) >= SHORTEST_SECONDS
    assert tells_apart(unknown, of_somebody, NOTICEABLE_SECONDS) is is_careless
    assert not tells_apart(unknown, of_another_promotion, NOTICEABLE_SECONDS)
    assert len({tuple(statements) for statements in failures.statements}) == 1
