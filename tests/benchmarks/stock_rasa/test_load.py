"""Conversations under load: how they are shared, how long they are, and what counts as an error."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from benchmarks.stock_rasa.callers import Caller
from benchmarks.stock_rasa.load import Load, Turn, put_under_load, talk, turns_for
from benchmarks.stock_rasa.measured import Unit
from benchmarks.stock_rasa.oddities import LONG_CHARACTERS, measure_long_conversations, odd_messages, ordinary_of


class Parrot(Caller):
    """Notes what is said, by conversation; has no answer to silence."""

    said: list[list[str]]

    def begin(self) -> None:
        self.said = [*getattr(self, "said", []), []]

    async def say(self, text: str) -> bool:
        self.said[-1].append(text)
        return bool(text)

    async def _send(self, client: httpx.AsyncClient, text: str) -> httpx.Response:
        raise AssertionError("a parrot speaks to nobody over HTTP")

    def _is_answer(self, body: Any) -> bool:
        raise AssertionError("a parrot speaks to nobody over HTTP")


@pytest.fixture
def parrots() -> list[Parrot]:
    return []


async def test_a_fresh_conversation_begins_every_five_turns() -> None:
    parrot = Parrot("http://nowhere")
    await talk(parrot, [str(number) for number in range(12)])
    assert [len(conversation) for conversation in parrot.said if conversation] == [5, 5, 2]


async def test_the_callers_share_the_texts_and_say_them_again(parrots: list[Parrot]) -> None:
    def connect() -> Parrot:
        parrots.append(Parrot("http://nowhere"))
        return parrots[-1]

    load = await put_under_load(connect, ["a", "b", "c"], callers=2, turns=7)

    said = [text for parrot in parrots for conversation in parrot.said for text in conversation]
    assert sorted(said) == ["a", "a", "a", "b", "b", "c", "c"]
    assert load.callers == 2 and len(load.turns) == 7


def test_errors_are_counted_and_not_timed() -> None:
    load = Load(1, 2.0, [Turn(0.010, True), Turn(0.030, True), Turn(60.0, False)])

    named = {one.name: one for one in load.measured()}
    assert named["1 caller: turn, p50"].value == pytest.approx(10)
    assert named["1 caller: turn, p99"].value == pytest.approx(30)
    assert named["1 caller: messages"].value == 1.0
    assert (named["1 caller: errors"].value, named["1 caller: errors"].note) == (1, "of 3")


def test_many_callers_take_more_turns() -> None:
    assert turns_for(1, 200) == 200
    assert turns_for(32, 200) == 640


async def test_a_long_conversation_is_compared_with_its_own_beginning(parrots: list[Parrot]) -> None:
    def connect() -> Parrot:
        parrots.append(Parrot("http://nowhere"))
        return parrots[-1]

    measured = await measure_long_conversations(connect, [f"text {number}" for number in range(30)])

    (conversation,) = [said for said in parrots[0].said if said]
    assert len(conversation) == 200
    assert conversation[:20] == conversation[-20:]
    assert [one.unit for one in measured][-2:] == [Unit.TIMES, Unit.COUNT]


def test_an_ordinary_message_is_neither_short_nor_long() -> None:
    assert ordinary_of(["hi", "a long letter about everything", "a question"]) == "a question"


def test_the_odd_messages_are_as_odd_as_they_say() -> None:
    odd = odd_messages("how long does it take")
    assert len(odd[f"{LONG_CHARACTERS:,} characters"]) == LONG_CHARACTERS
    assert any(ord(character) < 32 for character in odd["control characters"])
    assert len(odd["one letter"]) == 1
