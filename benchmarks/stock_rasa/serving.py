"""Starts one system, puts it under load, and measures it from its first answer to its last."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks.stock_rasa.accuracy import measure_accuracy
from benchmarks.stock_rasa.callers import Connect
from benchmarks.stock_rasa.load import put_under_load, turns_for
from benchmarks.stock_rasa.measured import TAKEN_BY_OTHERS, Measured, Section, Unit
from benchmarks.stock_rasa.oddities import measure_long_conversations, measure_odd_messages, ordinary_of
from benchmarks.stock_rasa.others import Others
from benchmarks.stock_rasa.processes import Started, last_words, require_running, running
from benchmarks.stock_rasa.progress import stage
from benchmarks.stock_rasa.systems import RASA, System
from benchmarks.stock_rasa.usage import most_resident_mb, resident_mb
from bot.core.evaluation import LabelledQuestion
from bot.services.ports import Unavailable

WARM_UP_TURNS = 20
PATIENCE_SECONDS = 180.0
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Exercise:
    """What every system is put through."""

    questions: Sequence[LabelledQuestion]
    texts: Sequence[str]
    """The questions' texts, mixed: what the callers say."""
    callers: Sequence[int]
    turns: int


def measure_system(system: System, exercise: Exercise, logs: Path, console: Console) -> list[Measured]:
    """Everything about a system that runs; raises ``Unavailable`` if it does not start or ends by itself."""
    began = time.monotonic()
    with running(system.programs, system.folder, logs) as started:
        with stage(console, f"{system.name}: starting"):
            asyncio.run(_first_answer(system.connect, exercise.texts[0], started, logs))
        starting = time.monotonic() - began
        under_load = _load(system, exercise, started, console)
        memory = _memory(started)
        odd = [] if system.is_bounded else _oddities(system, exercise, console)
        odd.append(_most_memory(started))
        accuracy = _accuracy(system, exercise, console)
        require_running(started, logs)
    first = Measured(Section.SERVING, "from the start to the first answer", starting, Unit.SECONDS)
    return [first, *memory, *under_load, *odd, *accuracy]


async def _first_answer(connect: Connect, text: str, started: Started, logs: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    caller = connect()
    try:
        while not await caller.say(text):
            caller.begin()  # a session that asks too often is refused
            require_running(started, logs)
            if time.monotonic() > deadline:
                said = last_words(RASA, logs)
                raise Unavailable(f"there was no answer in {PATIENCE_SECONDS:.0f} s; Rasa said:\n{said}")
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        await caller.close()


def _load(system: System, exercise: Exercise, started: Started, console: Console) -> list[Measured]:
    measured: list[Measured] = []
    asyncio.run(put_under_load(system.connect, exercise.texts, 1, WARM_UP_TURNS))
    others = Others([process.pid for process in started.values()])
    for callers in exercise.callers:
        turns = turns_for(callers, exercise.turns)
        with stage(console, f"{system.name}: {turns} turns, callers: {callers}"):
            measured += asyncio.run(put_under_load(system.connect, exercise.texts, callers, turns)).measured()
    taken = Measured(Section.LOAD, TAKEN_BY_OTHERS, 100 * others.share(), Unit.PERCENT_OF_CORES)
    return [*measured, taken]


def _memory(started: Started) -> list[Measured]:
    everything = sum(resident_mb(process.pid) for process in started.values())
    return [
        Measured(Section.SERVING, "memory after the load: Rasa", resident_mb(started[RASA].pid), Unit.MEGABYTES),
        Measured(
            Section.SERVING,
            "memory after the load: all processes",
            everything,
            Unit.MEGABYTES,
            _processes(len(started)),
        ),
    ]


def _processes(count: int) -> str:
    return "1 process" if count == 1 else f"{count} processes"


def _most_memory(started: Started) -> Measured:
    most = most_resident_mb(started[RASA].pid)
    return Measured(Section.ODD, "most memory Rasa ever took", most, Unit.MEGABYTES)


def _oddities(system: System, exercise: Exercise, console: Console) -> list[Measured]:
    with stage(console, f"{system.name}: long conversations and odd messages"):
        long = asyncio.run(measure_long_conversations(system.connect, exercise.texts))
        return long + asyncio.run(measure_odd_messages(system.connect, ordinary_of(exercise.texts)))


def _accuracy(system: System, exercise: Exercise, console: Console) -> list[Measured]:
    if system.predict is None:
        return []
    with stage(console, f"{system.name}: {len(exercise.questions)} labelled questions"):
        return measure_accuracy(exercise.questions, system.predict(exercise.questions))
