"""What counts as an answer of each system."""

from __future__ import annotations

import pytest

from benchmarks.stock_rasa.callers import Caller, DeskCaller, GatewayCaller, StockCaller

SORRY = frozenset({"I am sorry."})
STOCK = StockCaller("http://nowhere")
DESK = DeskCaller("http://nowhere", "a secret", SORRY)
GATEWAY = GatewayCaller("http://nowhere", SORRY)


@pytest.mark.parametrize(
    ("caller", "body", "is_answer"),
    [
        (STOCK, [{"text": "Yes."}], True),
        (STOCK, [], False),
        (DESK, {"replies": [{"text": "Yes."}]}, True),
        (DESK, {"replies": []}, False),
        (DESK, {"replies": [{"text": "I am sorry."}]}, False),
        (GATEWAY, {"messages": [{"text": "Yes."}]}, True),
        (GATEWAY, {"messages": [{"text": "I am sorry."}]}, False),
    ],
)
def test_silence_and_apologies_are_no_answers(caller: Caller, body: object, is_answer: bool) -> None:
    assert caller._is_answer(body) is is_answer


async def test_a_server_that_is_not_there_has_no_answer() -> None:
    assert not await StockCaller("http://127.0.0.1:9").say("hello")
