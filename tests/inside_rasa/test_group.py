"""Grouping over the desk's channel, by the model that Rasa has loaded."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.inside_rasa.trained_matcher import trained_matcher
from bot.matching.matcher import Matcher
from tests.inside_rasa.channel import Gateway, Rasa

QUESTIONS = ["is there an app", "do you have an app", "tell me a joke"]


@pytest.fixture
async def gateway(rasa: Rasa, brain: Any) -> Gateway:
    own = Gateway(rasa, lambda conversation, text: text)
    own.app.ctx.agent = brain.agent
    own.app.signalize()
    own.app.finalize()
    return own


def test_the_matcher_is_found_in_a_model_that_rasa_itself_has_loaded(brain: Any) -> None:
    assert isinstance(trained_matcher(brain.agent), Matcher)


@pytest.mark.parametrize(
    "agent", [None, SimpleNamespace(), SimpleNamespace(processor=SimpleNamespace(graph_runner=None))]
)
def test_no_matcher_is_found_where_no_model_is_loaded(agent: Any) -> None:
    assert trained_matcher(agent) is None


async def test_texts_are_grouped_and_leave_no_trace(gateway: Gateway, rasa: Rasa) -> None:
    grouped = (await gateway.ask("POST", "/group", json={"texts": QUESTIONS})).json()

    assert sorted(map(sorted, grouped["groups"])) == [[0, 1], [2]]
    assert [one["band"] for one in grouped["readings"]] == ["none"] * 3
    assert set(grouped["readings"][0]) == {"label", "score", "band", "matched", "language"}
    assert rasa.heard == []


async def test_nothing_is_grouped_without_the_key(gateway: Gateway) -> None:
    assert (await gateway.ask("POST", "/group", {}, json={"texts": QUESTIONS})).status_code == 403


@pytest.mark.parametrize(
    "body", [None, [], {}, {"texts": "x"}, {"texts": [1]}, {"texts": None}, {"texts": ["x"] * 2001}]
)
async def test_what_is_no_list_of_texts_is_refused(gateway: Gateway, body: Any) -> None:
    assert (await gateway.ask("POST", "/group", json=body)).status_code == 422


async def test_no_texts_are_no_groups_and_empty_ones_are_texts(gateway: Gateway) -> None:
    nothing = await gateway.ask("POST", "/group", json={"texts": []})
    empty = await gateway.ask("POST", "/group", json={"texts": ["", "   ", "x" * 20_000]})

    assert nothing.json() == {"groups": [], "readings": []}
    assert sorted(number for group in empty.json()["groups"] for number in group) == [0, 1, 2]


async def test_without_a_model_it_is_said_and_the_next_model_is_taken(gateway: Gateway, brain: Any) -> None:
    gateway.app.ctx.agent = None
    refused = await gateway.ask("POST", "/group", json={"texts": QUESTIONS})
    gateway.app.ctx.agent = brain.agent

    assert (refused.status_code, refused.json()) == (422, {"error": "no model is loaded: wait until it is"})
    assert (await gateway.ask("POST", "/group", json={"texts": QUESTIONS})).status_code == 200
