"""What a process and everything it has started take: memory, and time of the cores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

# Fields of /proc/*/stat, counted from the one after the process's name.
_SESSION, _USER_TIME, _SYSTEM_TIME = 3, 11, 12


def resident_mb(leader: int) -> float:
    """What the leader's session holds in memory now; pages that processes share count for each of them."""
    return sum(_kilobytes(process, "VmRSS") for process, _ in _session(leader)) / 1024


def most_resident_mb(leader: int) -> float:
    """The most that each process of the session has ever held, added up."""
    return sum(_kilobytes(process, "VmHWM") for process, _ in _session(leader)) / 1024


def core_seconds(leader: int) -> float:
    """The time of the cores that the session's processes have had so far."""
    ticks = sum(int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME]) for _, fields in _session(leader))
    return ticks / os.sysconf("SC_CLK_TCK")


def _session(leader: int) -> Iterator[tuple[Path, list[str]]]:
    """The processes of a session with their figures; one that ends meanwhile is left out."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # The name stands in brackets and may hold anything.
            fields = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[_SESSION]) == leader:
            yield process, fields


def _kilobytes(process: Path, field: str) -> int:
    try:
        lines = (process / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{field}:")), 0)
