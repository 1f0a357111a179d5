"""Processes are looked after: started again, listened to, and ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.commands import processes
from bot.commands.processes import Process, Program, stop_all

SLEEP = "import time; time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEP}"


def test_what_dies_is_said_and_started_again_after_a_growing_pause(
    make: Callable[[str], Process], told: list[str]
) -> None:
    process = make("raise SystemExit(3)")

    look_until(process, lambda: len(told) == 2)

    assert "exit code 3" in told[0] and "again in 1 s" in told[0]
    assert "again in 2 s" in told[1]


def test_everything_goes_to_the_log_and_problems_to_the_terminal(
    make: Callable[[str], Process], told: list[str]
) -> None:
    process = make(
        "print('all is well'); print('2023 ERROR no room'); print('ValueError: odd'); import time; time.sleep(60)"
    )

    look_until(process, lambda: len(told) == 2)

    assert told == ["child: 2023 ERROR no room", "child: ValueError: odd"]
    assert "all is well" in process.log.read_text()


def test_all_are_stopped_even_one_that_does_not_listen(
    make: Callable[[str], Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.5)
    deaf = make(STUBBORN)
    look_until(deaf, lambda: deaf.log.exists() and "deaf" in deaf.log.read_text())
    running = deaf._running
    assert running is not None

    start = time.monotonic()
    stop_all([deaf, make(SLEEP)])

    assert running.returncode == -9
    assert time.monotonic() - start < 10


def look_until(process: Process, reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        process.look_after()
        time.sleep(0.02)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def make(tmp_path: Path, told: list[str]) -> Iterator[Callable[[str], Process]]:
    made: list[Process] = []

    def start(code: str) -> Process:
        made.append(Process(Program("child", [sys.executable, "-c", code], {}), tmp_path, told.append, tmp_path))
        made[-1].start()
        return made[-1]

    yield start
    stop_all(made)
