"""How tickets are searched and grouped."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.core.ticket_queue import MOST_WORDS, StateGroup, search_words, searched_text
from bot.core.tickets import Ticket, TicketState

TICKET = Ticket(
    "lamps", "c1", "Åse Bjørk", "ase@bjork.example", "Hvor er “pengene”?", datetime(2023, 12, 1, tzinfo=timezone.utc),
    company="Bjørk A/S", claim_reference="LEN-482913",
)  # fmt: skip
FOUND_BY = searched_text("T-2023-000017", TICKET)


@pytest.mark.parametrize(
    "typed",
    [
        "t-2023-000017",
        "000017",
        "ASE@",
        "bjørk a/s",
        "482913",
        "ÅSE",
        "A\u030ase",
        "PENGENE",
        "er hvor",
        "ＬＥＮ-482913",
    ],
)
def test_a_ticket_is_found_by_whatever_stands_in_it_in_any_case(typed: str) -> None:
    words = search_words(typed)
    assert words and all(word in FOUND_BY for word in words)


def test_what_is_typed_becomes_a_few_words_each_once() -> None:
    assert search_words("  Where where\x00 is\u202e it? ") == ("where", "is", "it?")
    assert len(search_words(" ".join(f"w{number}" for number in range(50)))) == MOST_WORDS
    assert len("".join(search_words("x" * 10_000))) == 200
    assert search_words(" \n ") == ()


def test_every_state_is_in_one_group_beside_all() -> None:
    states = [state for group in StateGroup if group is not StateGroup.ALL for state in group.states]
    assert sorted(states) == sorted(TicketState) == sorted(StateGroup.ALL.states)
