"""A claim is told to its owner, and every failure is one and the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.find_claim import SHORTEST_SECONDS, LookupResult
from bot.services.ports import LookupDetails, Unavailable
from tests.claims import SUBMITTED
from tests.fakes import FakeClaims
from tests.services.find_claim.look_ups import NOBODYS, NOT_FOUND, Desk


def test_what_is_missing_is_asked_for_before_anything_is_looked_up(desk: Desk) -> None:
    assert desk.ask().result is LookupResult.NEED_BOTH
    assert desk.ask(SUBMITTED.reference).result is LookupResult.NEED_EMAIL
    assert desk.ask(email=SUBMITTED.email, conversation="there").result is LookupResult.NEED_REFERENCE
    assert desk.claims.asked_for == []


@pytest.mark.parametrize("email", ["kontor@birkvik.example", " KONTOR@Birkvik.Example"])
def test_a_claim_is_told_to_its_owner(desk: Desk, email: str) -> None:
    assert desk.ask(SUBMITTED.reference, email) == desk.found()
    assert desk.lookups.details("here").verified_reference == SUBMITTED.reference


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
