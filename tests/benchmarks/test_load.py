"""The benchmark of the load: every message is counted for what became of it, and growth is told from noise at the start."""

from __future__ import annotations

from collections import Counter

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.load.closed_loop import Load, put_under_load
from benchmarks.load.customers import Outcome, Turn
from benchmarks.load.soak import Stretch, growth
from tests.served import served

APOLOGY = "I cannot answer at the moment."
BY_TEXT = {
    "fine": JSONResponse({"messages": [{"text": "Yes."}]}),
    "away": JSONResponse({"messages": [{"text": APOLOGY}]}),
    "busy": JSONResponse({"error": {}}, 429, {"Retry-After": "1"}),
    "busy without a time": JSONResponse({"error": {}}, 429),
    "silent": JSONResponse({"messages": []}),
    "broken": Response("oops", 500),
}


async def answer(request: Request) -> Response:
    return BY_TEXT[(await request.json())["text"]]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("fine", Outcome.ANSWERED),
        ("away", Outcome.WITHOUT_BRAIN),
        ("busy", Outcome.TURNED_AWAY),
        ("busy without a time", Outcome.FAILED),
        ("silent", Outcome.FAILED),
        ("broken", Outcome.FAILED),
    ],
)
def test_every_message_is_counted_for_what_became_of_it(text: str, outcome: Outcome) -> None:
    with served(Starlette(routes=[Route("/api/chat", answer, methods=["POST"])])) as url:
        load = put_under_load(url, frozenset({APOLOGY}), [text], customers=2, seconds=0.2)

    assert len(load.turns) >= 2 and set(Counter(turn.outcome for turn in load.turns)) == {outcome}


def test_growth_is_what_the_last_quarter_has_over_the_second() -> None:
    megabytes = [300, 400, 400, 410, 410, 420, 440, 440]
    stretches = [
        Stretch(100 * number, Load(1, 1.0, [Turn(0.1 if number < 6 else 0.2, Outcome.ANSWERED)]), {"rasa": float(held)})
        for number, held in enumerate(megabytes)
    ]

    grown = growth(stretches)

    assert grown["rasa"] == pytest.approx(440 / 405 - 1)
    assert grown["turn, p50"] == pytest.approx(1.0)
