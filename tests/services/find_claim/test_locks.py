"""Guessing is locked out by conversation, reference and address, whether or not they exist."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.find_claim import FAILURES_ALLOWED, LookupResult
from tests.claims import SUBMITTED
from tests.services.find_claim.look_ups import LOCKED, NOBODYS, NOT_FOUND, Desk


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
