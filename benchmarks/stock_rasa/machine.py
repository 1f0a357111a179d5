"""The machine a comparison was run on: no figure means much without it."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.services.ports import InvalidInput


@dataclass(frozen=True)
class Machine:
    """What a reader needs to know to judge the figures."""

    cores: int
    processor: str
    memory_mb: int
    system: str
    python: str
    rasa: str
    load_at_start: float
    """Processes that wanted a core in the minute before; near nought on a machine with nothing else to do."""

    def sentence(self) -> str:
        """All of it in one line."""
        return (
            f"{self.cores} cores of {self.processor}, {self.memory_mb / 1024:.0f} GB, {self.system}, "
            f"Python {self.python}, Rasa {self.rasa}; load {self.load_at_start:.2f} at the start"
        )


def this_machine() -> Machine:
    """Raises ``InvalidInput`` anywhere but on Linux, whose ``/proc`` tells what a process takes."""
    if not Path("/proc/self/status").exists():
        raise InvalidInput("the comparison reads memory from /proc, which only Linux has; run it there")
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        processor=_first("/proc/cpuinfo", "model name") or platform.machine(),
        memory_mb=int(_first("/proc/meminfo", "MemTotal").split()[0]) // 1024,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        rasa=version("rasa"),
        load_at_start=os.getloadavg()[0],
    )


def _first(path: str, name: str) -> str:
    """The first value under this name in a list of names and values."""
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
