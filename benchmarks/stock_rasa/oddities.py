"""What should cost no more than an ordinary turn: a late turn of a long conversation, and a message no customer means to send."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice

from benchmarks.stock_rasa.callers import Connect
from benchmarks.stock_rasa.load import Turn, talk
from benchmarks.stock_rasa.measured import Measured, Section, Unit, percentile

TURNS = 200
WINDOW = 20
CONVERSATIONS = 3
REPEATED = 10
LONG_CHARACTERS = 10_000
ORDINARY = "an ordinary message"


async def measure_long_conversations(connect: Connect, texts: Sequence[str]) -> list[Measured]:
    """The first turns of a conversation against its last ones, with the same texts in both."""
    said = list(islice(cycle(texts[:WINDOW]), TURNS))
    early, late = [], []
    for _ in range(CONVERSATIONS):
        turns = await _talk_once(connect, said, TURNS)
        early += turns[:WINDOW]
        late += turns[-WINDOW:]
    first, last = _middle(early), _middle(late)
    return [
        _odd(f"turns 1 to {WINDOW}, p50", first, Unit.MILLISECONDS),
        _odd(f"turns {TURNS - WINDOW + 1} to {TURNS}, p50", last, Unit.MILLISECONDS),
        _odd("a late turn against an early one", last / first, Unit.TIMES),
        _errors("long conversations: errors", early + late),
    ]


async def measure_odd_messages(connect: Connect, ordinary: str) -> list[Measured]:
    """What each odd message takes, beside an ordinary one; every message in a conversation of its own."""
    measured, everything = [], []
    for name, text in {ORDINARY: ordinary, **odd_messages(ordinary)}.items():
        turns = await _talk_once(connect, [text] * REPEATED, 1)
        everything += turns
        measured.append(_odd(f"{name}, p50", _middle(turns), Unit.MILLISECONDS))
    return [*measured, _errors("odd messages: errors", everything)]


def ordinary_of(texts: Sequence[str]) -> str:
    """The text of middle length: neither a mere word nor a letter."""
    return sorted(texts, key=len)[len(texts) // 2]


def odd_messages(ordinary: str) -> dict[str, str]:
    """Messages nobody means to send, by name."""
    longest = " ".join(islice(cycle(ordinary.split() or ["?"]), LONG_CHARACTERS))[:LONG_CHARACTERS]
    return {
        f"{LONG_CHARACTERS:,} characters": longest,
        "emoji": "😀🎉👍🏽 💶❓" * 10,
        "control characters": "\x00\x07\x1b[2J\u202e" * 20 + ordinary,
        "one letter": "k",
    }


async def _talk_once(connect: Connect, texts: Sequence[str], turns_each: int) -> list[Turn]:
    caller = connect()
    try:
        return await talk(caller, texts, turns_each)
    finally:
        await caller.close()


def _middle(turns: Sequence[Turn]) -> float:
    return 1000 * percentile([turn.seconds for turn in turns if turn.answered], 50)


def _errors(name: str, turns: Sequence[Turn]) -> Measured:
    failed = sum(not turn.answered for turn in turns)
    return Measured(Section.ODD, name, failed, Unit.COUNT, f"of {len(turns)}")


def _odd(name: str, value: float, unit: Unit) -> Measured:
    return Measured(Section.ODD, name, value, unit)
