"""The processes of the desk: each with its log, started again if it dies, gone when the supervisor is."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
"""A process that ran for so long starts again at once."""
STOP_SECONDS = 8.0
_PROBLEM = re.compile(r"\b(ERROR|CRITICAL)\b|^\w*(Error|Exception)\b")
_PR_SET_PDEATHSIG = 1

Tell = Callable[[str], None]


class Part(str, Enum):
    """What of the desk can run by itself."""

    GATEWAY = "gateway"
    OUTBOX = "outbox"
    RASA = "rasa"
    ACTIONS = "actions"


@dataclass(frozen=True)
class Program:
    """What to run under which name."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


class Process:
    """One program that is kept running. To be used from one thread only, which must live as long as the process."""

    def __init__(self, program: Program, logs: Path, tell: Tell, folder: Path) -> None:
        self._program = program
        self._log = logs / f"{program.name}.log"
        self._tell = tell
        self._folder = folder
        self._running: subprocess.Popen[str] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._pause = FIRST_PAUSE

    @property
    def name(self) -> str:
        return self._program.name

    @property
    def log(self) -> Path:
        return self._log

    def start(self) -> None:
        """Start the program; its output goes to its log, lines that tell of problems to the terminal too."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        self._started_at = time.monotonic()
        self._running = spawn(self._program, self._folder, stdout=subprocess.PIPE)
        threading.Thread(target=self._write_log, args=(self._running.stdout,), daemon=True).start()

    def look_after(self) -> None:
        """Say so if the program has died, and start it again after a pause that grows from time to time."""
        now = time.monotonic()
        if self._running is None:
            if now >= self._start_again_at:
                self.start()
            return
        code = self._running.poll()
        if code is None:
            return
        if now - self._started_at > STEADY_SECONDS:
            self._pause = FIRST_PAUSE
        self._running = None
        self._start_again_at = now + self._pause
        self._tell(
            f"{self.name} has stopped ({_ending(code)}); it starts again in {self._pause:.0f} s; see {self._log}"
        )
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def ask_to_stop(self) -> None:
        if self._running is not None:
            signal_group(self._running, signal.SIGTERM)

    def make_sure_it_stopped(self, deadline: float) -> None:
        """Wait until the deadline, then end it and everything it has started."""
        if self._running is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._running.wait(max(0.0, deadline - time.monotonic()))
        signal_group(self._running, signal.SIGKILL)
        self._running.wait()
        self._running = None

    def _write_log(self, output: IO[str]) -> None:
        with output, self._log.open("ab", buffering=0) as log:
            for line in output:
                # A full disk costs lines of the log, but not the process: it would wait for somebody to read on.
                with suppress(OSError):
                    log.write(line.encode())
                if _PROBLEM.search(line):
                    self._tell(f"{self.name}: {line.strip()[:200]}")


def stop_all(processes: Sequence[Process]) -> None:
    """Ask all to stop, and end those that do not in time."""
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        process.make_sure_it_stopped(deadline)


def spawn(program: Program, folder: Path, stdout: int | None = None) -> subprocess.Popen[str]:
    """Start a program in a group of its own, so that Ctrl-C reaches the supervisor only."""
    return subprocess.Popen(
        program.arguments,
        cwd=folder,
        env={**os.environ, **program.environment},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.STDOUT if stdout else None,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        preexec_fn=_die_with_parent(os.getpid()),
    )


def signal_group(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Send a signal to a process and to everything in its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _die_with_parent(parent: int) -> Callable[[], None] | None:
    """What a child does first on Linux, so that it cannot outlive a supervisor that was killed."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask_the_kernel() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {-code}"
