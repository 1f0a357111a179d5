"""Starts the processes of a system, and ends them whatever happens."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from os import SEEK_END
from pathlib import Path

from bot.commands.processes import STOP_SECONDS, Program, signal_group, spawn
from bot.services.ports import Unavailable

Started = dict[str, "subprocess.Popen[str]"]
"""The running processes by name; each leads a session of its own."""
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONUNBUFFERED": "1",
}
_LAST_LINES = 12
_LAST_BYTES = 4_000


@contextmanager
def running(programs: Sequence[Program], folder: Path, logs: Path) -> Iterator[Started]:
    """The programs, each with its log; gone when the block is left, also by Ctrl-C."""
    logs.mkdir(parents=True, exist_ok=True)
    started: Started = {}
    try:
        for program in programs:
            with log_of(program.name, logs).open("w", encoding="utf-8") as log:
                started[program.name] = spawn(program, folder, stdout=log.fileno())
        yield started
    finally:
        _end(list(started.values()))


def log_of(name: str, logs: Path) -> Path:
    return logs / f"{name}.log"


def require_running(started: Started, logs: Path) -> None:
    """Raises ``Unavailable`` with the last words of the first process that has ended."""
    for name, process in started.items():
        code = process.poll()
        if code is not None:
            raise Unavailable(f"{name} has ended with exit code {code}; it said:\n{last_words(name, logs)}")


def last_words(name: str, logs: Path) -> str:
    """The end of a log, for a reader who wants to know what went wrong."""
    return "\n".join(_last_lines(name, logs)[-_LAST_LINES:])


def last_line(name: str, logs: Path) -> str:
    """What a process has said last, to show how far it has got; a progress bar overwrites its line."""
    return next((line.strip() for line in reversed(_last_lines(name, logs)) if line.strip()), "")


def _last_lines(name: str, logs: Path) -> list[str]:
    with log_of(name, logs).open("rb") as log:
        log.seek(0, SEEK_END)
        log.seek(max(0, log.tell() - _LAST_BYTES))
        return log.read().decode("utf-8", errors="replace").splitlines()


def _end(processes: Sequence[subprocess.Popen[str]]) -> None:
    """Ask all to stop, and end those that do not in time."""
    for process in processes:
        signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
        signal_group(process, signal.SIGKILL)
        process.wait()
