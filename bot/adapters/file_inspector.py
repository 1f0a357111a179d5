"""Inspects each file in a process of its own: a file made to crash, hang or devour memory does so there and nowhere else."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from bot.adapters.file_inspection import REFUSED
from bot.core.uploads import EXTENSIONS
from bot.services.ports import Unavailable
from bot.services.ticket_ports import FileRefused, InspectedFile

SECONDS = 30.0
AT_ONCE = 2
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR")
"""What the process gets of the environment: a file that takes it over finds no password there, and no secret."""
ROOT = Path(__file__).resolve().parents[2]
logger = logging.getLogger(__name__)


class ProcessInspector:
    """The ``Inspector`` port; so many files at once, whatever comes."""

    def __init__(self, seconds: float = SECONDS, at_once: int = AT_ONCE) -> None:
        self._seconds = seconds
        self._turns = BoundedSemaphore(at_once)

    def inspect(self, sent: Path) -> InspectedFile:
        target = sent.with_name(f"{sent.name}.inspected")
        said = self._run(sent, target)
        if said.startswith(REFUSED):
            raise FileRefused(said.removeprefix(REFUSED))
        if said not in EXTENSIONS:
            # Its process was ended by the system, or has crashed.
            raise FileRefused("file_broken")
        return InspectedFile(said, target, target.stat().st_size)

    def _run(self, sent: Path, target: Path) -> str:
        command = [sys.executable, "-m", "bot.adapters.file_inspection", str(sent), str(target)]
        if not self._turns.acquire(timeout=self._seconds):
            raise Unavailable("too many files are being inspected; try again in a minute")
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ""
        finally:
            self._turns.release()
        if done.returncode:
            logger.warning("the inspection of a file ended with code %d", done.returncode)
        return done.stdout
