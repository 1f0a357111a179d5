from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.lookups import SqlLookups
from bot.core.claims import Claim
from bot.services.find_claim import FAILURES_ALLOWED, SHORTEST_SECONDS, LookupOutcome, LookupResult, find_claim
from bot.services.keep_details import keep_details
from bot.services.ports import LookupDetails, Unavailable
from tests.claims import PAID, SUBMITTED
from tests.databases import migrated_database
from tests.fakes import FakeClaims, FakeClock, FakeLookups
from tests.timing import taken_in_turn, tells_apart

NOON = datetime(2023, 10, 5, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
NOBODYS = "LEN-615205"
NOT_FOUND = LookupOutcome(LookupResult.NOT_FOUND)
LOCKED = LookupOutcome(LookupResult.TOO_MANY_ATTEMPTS)


@dataclass
class Desk:
    """A desk with one claim and another customer's."""

    claims: FakeClaims = field(
        default_factory=lambda: FakeClaims(
            [SUBMITTED, replace(PAID, reference="LEN-300300", email="noise@noise.example")]
        )
    )
    lookups: FakeLookups = field(default_factory=FakeLookups)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))
    waits: list[float] = field(default_factory=list)

    def ask(
        self,
        reference: str | None = None,
        email: str | None = None,
        *,
        conversation: str = "here",
        turn: str | None = None,
    ) -> LookupOutcome:
        keep_details(conversation, reference, email, self.lookups)
        return find_claim(
            conversation, claims=self.claims, lookups=self.lookups, clock=self.clock, turn=turn, wait=self.waits.append
        )

    def found(self, claim: Claim = SUBMITTED) -> LookupOutcome:
        return LookupOutcome(LookupResult.FOUND, claim)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_missing_is_asked_for_before_anything_is_looked_up(desk: Desk) -> None:
    assert desk.ask().result is LookupResult.NEED_BOTH
    assert desk.ask(SUBMITTED.reference).result is LookupResult.NEED_EMAIL
    assert desk.ask(email=SUBMITTED.email, conversation="there").result is LookupResult.NEED_REFERENCE
    assert desk.claims.asked_for == []


@pytest.mark.parametrize("email", ["kontor@birkvik.example", " KONTOR@Birkvik.Example"])
def test_a_claim_is_told_to_its_owner(desk: Desk, email: str) -> None:
    assert desk.ask(SUBMITTED.reference, email) == desk.found()
    assert desk.lookups.details("here").verified_reference == SUBMITTED.reference


def test_a_look_up_that_comes_twice_for_one_message_counts_once_and_ends_the_same(desk: Desk) -> None:
    for number in range(FAILURES_ALLOWED):
        guess = {"email": f"guess{number}@else.example", "turn": f"turn {number}"}
        assert [desk.ask(SUBMITTED.reference, **guess) for _ in range(2)] == [NOT_FOUND] * 2
    assert len(desk.lookups.attempts) == FAILURES_ALLOWED
    assert desk.ask(SUBMITTED.reference, "one@more.example", turn="t").result is LookupResult.TOO_MANY_ATTEMPTS


def test_other_guesses_under_the_same_message_count_each(desk: Desk) -> None:
    for number in range(FAILURES_ALLOWED):
        assert desk.ask(SUBMITTED.reference, f"guess{number}@else.example", turn="the same") == NOT_FOUND
    assert desk.ask(SUBMITTED.reference, SUBMITTED.email, turn="the same").result is LookupResult.TOO_MANY_ATTEMPTS


def test_every_failure_is_one_and_the_same(desk: Desk) -> None:
    unknown_reference = desk.ask(NOBODYS, SUBMITTED.email, conversation="a")
    other_address = desk.ask(SUBMITTED.reference, "someone@else.example", conversation="b")
    somebody_elses = desk.ask(SUBMITTED.reference, "noise@noise.example", conversation="c")
    stand_in_address = desk.ask(NOBODYS, "nobody@nowhere.invalid", conversation="d")
    assert unknown_reference == other_address == somebody_elses == stand_in_address == NOT_FOUND
    assert desk.lookups.details("b").verified_reference is None


def test_every_failure_takes_the_same_steps(desk: Desk) -> None:
    steps = []
    for conversation, reference, email in (
        ("a", NOBODYS, SUBMITTED.email),
        ("b", SUBMITTED.reference, "someone@else.example"),
    ):
        desk.ask(reference, email, conversation=conversation)
        steps.append((len(desk.claims.asked_for), len(desk.lookups.attempts), len(desk.waits)))
    assert steps == [(1, 1, 1), (2, 2, 2)]


def test_after_a_failure_either_detail_can_be_corrected(desk: Desk) -> None:
    assert desk.ask(SUBMITTED.reference, "someone@else.example") == NOT_FOUND
    assert desk.ask(email=SUBMITTED.email) == desk.found()
    assert desk.ask(NOBODYS, SUBMITTED.email, conversation="there") == NOT_FOUND
    assert desk.ask(SUBMITTED.reference, conversation="there") == desk.found()


def test_an_owner_is_not_asked_or_counted_again(desk: Desk) -> None:
    desk.ask(SUBMITTED.reference, SUBMITTED.email)
    for _ in range(20):
        assert desk.ask() == desk.found()
    assert len(desk.lookups.attempts) == 1


def test_another_reference_is_tried_with_the_address_already_given(desk: Desk) -> None:
    second = replace(SUBMITTED, reference="LEN-615299")
    desk.claims = FakeClaims([SUBMITTED, second])
    desk.ask(SUBMITTED.reference, SUBMITTED.email)
    assert desk.ask("LEN-615299") == desk.found(second)
    assert desk.lookups.details("here").verified_reference == "LEN-615299"


def test_another_reference_that_fails_tells_neither_claim(desk: Desk) -> None:
    desk.ask(SUBMITTED.reference, SUBMITTED.email)
    assert desk.ask("LEN-300300") == NOT_FOUND
    assert desk.ask() == NOT_FOUND
    assert desk.lookups.details("here").verified_reference is None


def test_another_address_for_a_proved_claim_has_to_match_as_well(desk: Desk) -> None:
    desk.ask(SUBMITTED.reference, SUBMITTED.email)
    assert desk.ask(email="someone@else.example") == NOT_FOUND
    assert desk.ask() == NOT_FOUND


def test_a_proof_does_not_outlive_the_address_on_record(desk: Desk) -> None:
    desk.ask(SUBMITTED.reference, SUBMITTED.email)
    desk.claims = FakeClaims([replace(SUBMITTED, email="new-owner@birkvik.example")])
    assert desk.ask() == NOT_FOUND
    assert desk.lookups.details("here").verified_reference is None


def test_after_five_failures_a_conversation_is_locked_for_fifteen_minutes_even_with_the_right_details(
    desk: Desk,
) -> None:
    for number in range(5):
        assert desk.ask(f"LEN-00000{number}", f"guess{number}@else.example") == NOT_FOUND
    assert desk.ask(SUBMITTED.reference, SUBMITTED.email) == LOCKED
    desk.clock.move(timedelta(minutes=15))
    assert desk.ask() == LOCKED
    desk.clock.move(timedelta(seconds=1))
    assert desk.ask() == desk.found()


@pytest.mark.parametrize("reference", [SUBMITTED.reference, NOBODYS])
def test_a_reference_is_locked_for_an_hour_whether_or_not_it_exists(desk: Desk, reference: str) -> None:
    for number in range(5):
        assert desk.ask(reference, f"guess{number}@else.example", conversation=f"guess {number}") == NOT_FOUND
    assert desk.ask(reference, "guess6@else.example", conversation="guess 6") == LOCKED
    desk.clock.move(timedelta(minutes=59))
    assert desk.ask(reference, SUBMITTED.email) == LOCKED
    desk.clock.move(timedelta(minutes=2))
    assert desk.ask().result in (LookupResult.FOUND, LookupResult.NOT_FOUND)


@pytest.mark.parametrize("email", [SUBMITTED.email, "guess@else.example"])
def test_an_address_is_locked_for_an_hour_whether_or_not_it_exists(desk: Desk, email: str) -> None:
    for number in range(5):
        assert desk.ask(f"LEN-00000{number}", email.upper(), conversation=f"guess {number}") == NOT_FOUND
    assert desk.ask(SUBMITTED.reference, email) == LOCKED


def test_attempts_under_lock_do_not_lengthen_it(desk: Desk) -> None:
    for number in range(5):
        desk.ask(f"LEN-00000{number}", f"guess{number}@else.example")
    desk.clock.move(timedelta(minutes=14))
    assert desk.ask(SUBMITTED.reference, SUBMITTED.email) == LOCKED
    desk.clock.move(timedelta(minutes=2))
    assert desk.ask() == desk.found()


def test_an_owner_who_has_proved_it_is_not_locked_out_by_others(desk: Desk) -> None:
    desk.ask(SUBMITTED.reference, SUBMITTED.email)
    for number in range(6):
        desk.ask(SUBMITTED.reference, f"guess{number}@else.example", conversation=f"guess {number}")
    assert desk.ask() == desk.found()


def test_success_does_not_count_as_a_failure(desk: Desk) -> None:
    for number in range(6):
        assert desk.ask(SUBMITTED.reference, SUBMITTED.email, conversation=f"visit {number}") == desk.found()


@pytest.mark.parametrize("email", [SUBMITTED.email, "someone@else.example"])
def test_every_attempt_is_filled_up_to_the_same_time(desk: Desk, email: str) -> None:
    desk.ask(SUBMITTED.reference, email)
    assert len(desk.waits) == 1
    assert SHORTEST_SECONDS * 0.5 < desk.waits[0] <= SHORTEST_SECONDS


def test_outages_are_passed_on_and_prove_nothing(desk: Desk) -> None:
    desk.claims.is_down = True
    with pytest.raises(Unavailable):
        desk.ask(SUBMITTED.reference, SUBMITTED.email)
    assert desk.lookups.details("here") == LookupDetails(SUBMITTED.reference, SUBMITTED.email)
    desk.lookups.is_down = True
    with pytest.raises(Unavailable):
        desk.ask()


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
