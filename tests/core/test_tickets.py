"""Where a ticket may go from each state, and what it is called."""

from __future__ import annotations

from itertools import product

import pytest

from bot.core.tickets import ForbiddenTransition, TicketState, check_move, is_ticket_reference, ticket_reference

NEW, OPEN, WAITING, RESOLVED, SPAM = TicketState
ALLOWED = {
    (NEW, OPEN), (NEW, WAITING), (NEW, RESOLVED), (NEW, SPAM),
    (OPEN, WAITING), (OPEN, RESOLVED), (OPEN, SPAM),
    (WAITING, OPEN), (WAITING, RESOLVED), (WAITING, SPAM),
    (RESOLVED, OPEN), (SPAM, OPEN),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), product(TicketState, TicketState))
def test_a_ticket_goes_only_where_its_state_lets_it(before: TicketState, after: TicketState) -> None:
    if (before, after) in ALLOWED:
        check_move(before, after)
        return
    assert f"is {before.value} cannot become {after.value}" in str(_refusal(before, after))


def test_a_refusal_names_every_state_that_is_possible() -> None:
    assert str(_refusal(OPEN, NEW)).endswith("it can become: resolved, spam, waiting_for_customer")


def test_a_ticket_is_called_by_year_and_number() -> None:
    assert (ticket_reference(2023, 123), ticket_reference(2024, 1_234_567)) == ("T-2023-000123", "T-2024-1234567")


@pytest.mark.parametrize("reference", ["T-2023-000123", "T-2024-1234567", ticket_reference(2023, 1)])
def test_a_reference_is_known_by_its_form(reference: str) -> None:
    assert is_ticket_reference(reference)


@pytest.mark.parametrize(
    "text", ["", "T-2023-000123\n", "T-2023-12345", "t-2023-000123", "T-2023-٠٠٠١٢٣", "\x00", "T-2023-0000000001"]
)
def test_what_has_another_form_is_no_reference(text: str) -> None:
    assert not is_ticket_reference(text)


def _refusal(before: TicketState, after: TicketState) -> ForbiddenTransition:
    with pytest.raises(ForbiddenTransition) as refused:
        check_move(before, after)
    return refused.value
