"""How a ticket goes on when somebody takes, answers or releases it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.core.ticket_work import Colleague, Progress
from bot.core.tickets import ForbiddenTransition, TicketState

NEW, OPEN, WAITING, RESOLVED, SPAM = TicketState
ARRIVED = datetime(2023, 12, 11, 9, 0, tzinfo=timezone.utc)
LATER = ARRIVED + timedelta(hours=5)
ANNA, BO = Colleague("a1", "Anna Holm"), Colleague("b2", "Bo Lund")
FRESH = Progress(NEW, ARRIVED)


def test_a_new_ticket_is_open_as_soon_as_somebody_has_it_and_stays_so_when_it_is_released() -> None:
    taken = FRESH.assigned_to(ANNA)

    assert (taken.state, taken.assignee, taken.turn_since) == (OPEN, ANNA, ARRIVED)
    assert (taken.released().state, taken.released().assignee) == (OPEN, None)
    assert replace(taken, state=WAITING).assigned_to(BO).state is WAITING


def test_an_answer_gives_the_turn_to_the_customer_and_the_ticket_to_who_answered() -> None:
    answered = FRESH.answered(WAITING, LATER, ANNA)

    assert answered == Progress(WAITING, LATER, ANNA, first_answered_at=LATER)
    assert FRESH.assigned_to(BO).answered(WAITING, LATER, ANNA).assignee == BO


def test_only_the_first_answer_is_the_first() -> None:
    again = FRESH.answered(WAITING, ARRIVED, ANNA).answered(RESOLVED, LATER, ANNA)

    assert (again.first_answered_at, again.resolved_at, again.state) == (ARRIVED, LATER, RESOLVED)


@pytest.mark.parametrize("state", [NEW, OPEN, WAITING, RESOLVED])
@pytest.mark.parametrize("after", [WAITING, RESOLVED])
def test_an_answer_takes_up_any_ticket_that_is_no_spam(state: TicketState, after: TicketState) -> None:
    assert replace(FRESH, state=state).answered(after, LATER, ANNA).state is after


@pytest.mark.parametrize(
    ("state", "after"), [(SPAM, WAITING), (SPAM, RESOLVED), (OPEN, OPEN), (OPEN, NEW), (OPEN, SPAM)]
)
def test_spam_is_not_answered_and_an_answer_leads_nowhere_else(state: TicketState, after: TicketState) -> None:
    with pytest.raises(ForbiddenTransition, match=state.value):
        replace(FRESH, state=state).answered(after, LATER, ANNA)


@pytest.mark.parametrize(
    ("states", "since"),
    [
        ([OPEN], ARRIVED),
        ([SPAM, OPEN], ARRIVED),
        ([OPEN, SPAM], ARRIVED),
        ([RESOLVED, OPEN], LATER),
        ([WAITING, OPEN], LATER),
        ([WAITING, SPAM, OPEN], LATER),
    ],
)
def test_who_waits_for_the_desk_waits_on_while_the_desk_sorts_it_out(
    states: list[TicketState], since: datetime
) -> None:
    progress = FRESH
    for state in states:
        progress = progress.moved_to(state, LATER)
    assert progress.turn_since == since


def test_a_ticket_opened_again_is_no_longer_resolved() -> None:
    resolved = FRESH.moved_to(RESOLVED, LATER)

    assert resolved.resolved_at == LATER
    assert resolved.moved_to(OPEN, LATER).resolved_at is None


def test_a_forbidden_move_is_refused_in_words() -> None:
    with pytest.raises(ForbiddenTransition, match="a ticket that is resolved cannot become spam; it can become: open"):
        replace(FRESH, state=RESOLVED).moved_to(SPAM, LATER)
