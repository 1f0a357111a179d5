"""A desk of its own for a benchmark: gateway, Rasa and action server on free ports, with the sample data."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from rich.console import Console

from benchmarks.stock_rasa.processes import Started, require_running, running
from benchmarks.stock_rasa.progress import stage
from benchmarks.stock_rasa.systems import prepare_desk
from bot.commands.programs import gateway_program, inner_programs
from bot.config import ROOT, Settings
from bot.services.ports import Unavailable

PATIENCE_SECONDS = 180.0
LOOK_SECONDS = 0.3


@dataclass(frozen=True)
class RunningDesk:
    """Where it is, and its processes by name."""

    settings: Settings
    started: Started
    logs: Path

    @property
    def url(self) -> str:
        return f"http://{self.settings.host}:{self.settings.port}"

    def require_running(self) -> None:
        """Raises ``Unavailable`` with the last words of a process that has ended."""
        require_running(self.started, self.logs)


@contextmanager
def running_desk(
    scratch: Path, console: Console, environment: Mapping[str, str] | None = None
) -> Iterator[RunningDesk]:
    """The desk while the block lasts; ``environment`` sets what differs. Raises ``Unavailable`` if it does not start."""
    own, settings = prepare_desk(scratch / "desk", environment or {})
    programs = [
        replace(program, environment={**own, **program.environment})
        for program in (gateway_program(settings), *inner_programs(settings))
    ]
    with running(programs, ROOT, scratch / "logs") as started:
        desk = RunningDesk(settings, started, scratch / "logs")
        with stage(console, "the desk: starting"):
            _wait_until_ready(desk)
        yield desk
        desk.require_running()


def _wait_until_ready(desk: RunningDesk) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _is_ready(desk):
        desk.require_running()
        if time.monotonic() > deadline:
            raise Unavailable(f"the desk was not ready in {PATIENCE_SECONDS:.0f} s; see {desk.logs}")
        time.sleep(LOOK_SECONDS)


def _is_ready(desk: RunningDesk) -> bool:
    try:
        return httpx.get(f"{desk.url}/readyz", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
