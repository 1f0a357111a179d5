"""Processes are ended whatever happens, and say what went wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.stock_rasa.processes import last_line, require_running, running
from benchmarks.stock_rasa.usage import core_seconds, most_resident_mb, resident_mb
from bot.commands.processes import Program
from bot.services.ports import Unavailable

SLEEP = "import time; print('ready', flush=True); time.sleep(60)"


def program(code: str) -> Program:
    return Program("child", [sys.executable, "-c", code], {})


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_measurement_leaves_no_process(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), running([program(SLEEP)], tmp_path, tmp_path / "logs") as started:
        raise error
    assert started["child"].returncode is not None


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, which only Linux has")
def test_memory_and_time_of_a_running_process_are_read(tmp_path: Path) -> None:
    with running([program(SLEEP)], tmp_path, tmp_path) as started:
        while not last_line("child", tmp_path):
            require_running(started, tmp_path)
        leader = started["child"].pid
        assert 1 < resident_mb(leader) <= most_resident_mb(leader) < 200
        assert 0 <= core_seconds(leader) < 10
    assert resident_mb(leader) == 0


def test_a_process_that_ended_is_named_with_its_last_words(tmp_path: Path) -> None:
    with running([program("print('no room left'); raise SystemExit(3)")], tmp_path, tmp_path) as started:
        started["child"].wait(30)
        with pytest.raises(Unavailable, match=r"child has ended with exit code 3.*\nno room left"):
            require_running(started, tmp_path)


def test_a_progress_bar_is_read_at_its_last_state(tmp_path: Path) -> None:
    (tmp_path / "train.log").write_text("Epochs: 1\rEpochs: 2\r\n  \n", encoding="utf-8")
    assert last_line("train", tmp_path) == "Epochs: 2"
