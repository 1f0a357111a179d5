"""The chat in the terminal: a number presses a choice."""

from __future__ import annotations

import pytest

from bot.commands.chat import as_turn

OFFERED = [{"id": "first", "label": "One"}, {"id": "second", "label": "Two"}]


@pytest.mark.parametrize(
    ("typed", "turn"),
    [
        ("2", {"button": "second"}),
        ("3", {"text": "3"}),
        ("0", {"text": "0"}),
        ("2 webcams", {"text": "2 webcams"}),
        ("9" * 5000, {"text": "9" * 5000}),
    ],
)
def test_the_number_of_a_choice_presses_it_and_everything_else_is_said(typed: str, turn: dict[str, str]) -> None:
    assert as_turn(typed, OFFERED) == turn
