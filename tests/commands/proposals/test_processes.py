"""A try is a process of its own, with low priority, and found out when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.config import ROOT, Settings
from bot.core.tries import TryState
from bot.services.find_gaps import GapDesk
from bot.services.try_proposal import try_proposal
from tests.commands.proposals.small_promotion import environment
from tests.commands.proposals.trying import DECAF, last_try, proposed
from tests.gaps import LEAD
from tests.processes.running_desk import environment_of, wait_until


def test_the_command_runs_by_itself_with_low_priority(settings: Settings, tmp_path: Path) -> None:
    desk, number = proposed(settings, DECAF)
    command = subprocess.Popen(
        [sys.executable, "-m", "bot", "proposal", "try", str(number)],
        cwd=ROOT,
        env=environment_of(environment(tmp_path)) | {"HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_until(lambda: command.poll() is not None or _state(desk, number) is TryState.RUNNING, 120, "the try to begin")
    wait_until(lambda: command.poll() is not None or _nice(command.pid) == 15, 60, "its priority to be low")
    said, _ = command.communicate(timeout=300)

    assert command.returncode == 0, said
    assert last_try(desk, number).state is TryState.DONE


def test_a_try_that_is_killed_is_found_out_and_can_be_had_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    desk, number = proposed(settings, DECAF)
    try_proposal(desk, number, LEAD)
    wait_until(lambda: _state(desk, number) is TryState.RUNNING, 120, "the try to begin")
    (process,) = [desk.runner._process]  # type: ignore[attr-defined]
    os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: _state(desk, number).is_over, 30, "the killed try to be found out")

    killed = last_try(desk, number)
    assert (killed.state, killed.result) == (TryState.FAILED, None)
    assert "ended before it was ready" in killed.problem
    try_proposal(desk, number, LEAD)
    wait_until(lambda: _state(desk, number).is_over and last_try(desk, number).id != killed.id, 300, "the second try")
    assert last_try(desk, number).state is TryState.DONE


def _state(desk: GapDesk, number: int) -> TryState:
    found = desk.tries.newest([number]).get(number)
    return found.state if found else TryState.QUEUED


def _nice(process: int) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, process)
    except ProcessLookupError:
        return time.gmtime().tm_year  # it is over
