"""Real processes beside the gateway: one at a time, and whatever ends them is known."""

from __future__ import annotations

import os
import queue
import signal
import sys
import time
from pathlib import Path

import pytest

from bot.adapters.try_process import ProcessTryRunner
from bot.services.ports import Unavailable

SECONDS = 60.0


class Ends:
    """Notes which processes ended and how."""

    def __init__(self) -> None:
        self._told: queue.Queue[tuple[int, int]] = queue.Queue()

    def __call__(self, proposal: int, code: int) -> None:
        self._told.put((proposal, code))

    def next(self) -> tuple[int, int]:
        return self._told.get(timeout=SECONDS)

    @property
    def is_silent(self) -> bool:
        return self._told.empty()


@pytest.fixture
def ends() -> Ends:
    return Ends()


def runner(folder: Path, ends: Ends, program: str) -> ProcessTryRunner:
    return ProcessTryRunner(
        folder, folder / "logs" / "tries.log", ends, lambda number: [sys.executable, "-c", program, str(number)]
    )


def test_a_process_runs_in_its_folder_and_what_it_says_is_logged(tmp_path: Path, ends: Ends) -> None:
    runner(tmp_path, ends, "import os, sys; print('trying', sys.argv[1], os.getcwd())").start(7)

    assert ends.next() == (7, 0)
    assert (tmp_path / "logs" / "tries.log").read_text() == f"trying 7 {tmp_path}\n"


def test_while_one_runs_no_other_is_started(tmp_path: Path, ends: Ends) -> None:
    own = runner(
        tmp_path, ends, "import sys; open('started', 'a').write(sys.argv[1]); input_ = open('go'); input_.read()"
    )
    os.mkfifo(tmp_path / "go")
    own.start(1)
    own.start(2)
    own.start(1)
    (tmp_path / "go").write_text("")

    assert ends.next() == (1, 0)
    assert (tmp_path / "started").read_text() == "1"
    assert ends.is_silent


def test_a_process_that_fails_or_is_killed_is_told_and_the_next_can_start(tmp_path: Path, ends: Ends) -> None:
    own = runner(tmp_path, ends, "import os, sys; sys.exit(3) if sys.argv[1] == '1' else os.kill(os.getpid(), 9)")
    own.start(1)
    assert ends.next() == (1, 3)
    own.start(2)
    assert ends.next() == (2, -signal.SIGKILL)


class EndsNobodyCanKeep(Ends):
    """Hears of an end while the database is away."""

    def __call__(self, proposal: int, code: int) -> None:
        super().__call__(proposal, code)
        raise Unavailable("the desk database is down")


def test_an_end_that_cannot_be_kept_is_logged_in_a_line_and_the_next_can_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ends = EndsNobodyCanKeep()
    own = runner(tmp_path, ends, "")
    own.start(1)
    assert ends.next() == (1, 0)
    own.start(2)
    assert ends.next() == (2, 0)
    for _ in range(100):
        if len(caplog.messages) == 2:
            break
        time.sleep(0.02)
    assert caplog.messages == [
        f"how trying proposal {number} ended cannot be kept: the desk database is down" for number in (1, 2)
    ]
