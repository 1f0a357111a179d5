"""Starts ``promodesk proposal try`` beside the gateway, one at a time."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from bot.services.ports import Unavailable

logger = logging.getLogger(__name__)

OnEnd = Callable[[int, int], None]
"""What is told when a process is over: the proposal's number and the exit code."""


class ProcessTryRunner:
    """The ``TryRunner`` port over a process for each try; what it says goes to a log."""

    def __init__(
        self, folder: Path, log: Path, on_end: OnEnd, command: Callable[[int], list[str]] | None = None
    ) -> None:
        self._folder = folder
        self._log = log
        self._on_end = on_end
        self._command = command or _try_command
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, proposal: int) -> None:
        with self._starting:
            if self._process is not None and self._process.poll() is None:
                return
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("ab") as log:
                process = subprocess.Popen(
                    self._command(proposal),
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            self._process = process
        # Somebody has to wait for it: else it would stay in the system's table, and nobody would know that it was killed.
        threading.Thread(target=self._wait, args=(proposal, process), daemon=True).start()

    def _wait(self, proposal: int, process: subprocess.Popen[bytes]) -> None:
        code = process.wait()
        if code:
            logger.error("trying proposal %s ended with %s; see %s", proposal, code, self._log)
        try:
            self._on_end(proposal, code)
        except Unavailable as error:
            # Whoever looks at the proposal next finds out that its process is gone.
            logger.error("how trying proposal %s ended cannot be kept: %s", proposal, error)


def _try_command(proposal: int) -> list[str]:
    return [sys.executable, "-m", "bot", "proposal", "try", str(proposal)]
