"""The command: ``python -m benchmarks.fuzz [--messages 20000] [--seed N]``; starts a desk of its own and prints a table."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from benchmarks.commands import end_as_if_interrupted, terminal
from benchmarks.fuzz.attack import Tally, attack
from benchmarks.fuzz.table import table_of
from benchmarks.fuzz.targets import target_of
from benchmarks.fuzz.visitors import Target
from benchmarks.stock_rasa.systems import prepare_desk
from bot.commands.processes import Process, stop_all
from bot.commands.programs import gateway_program, inner_programs
from bot.config import ROOT
from bot.services.ports import Unavailable

READY_SECONDS = 180.0
WIDTH = 140
SHOWN_FAILURES = 20
SECRET = "a secret for a desk that is attacked, of 32 and more"


def main() -> int:
    """Attack, and print what came of it; the exit status tells whether anything failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000, help="how many requests are sent")
    parser.add_argument("--seed", type=int, default=1, help="the same requests for the same number")
    given = parser.parse_args()
    end_as_if_interrupted()
    console = terminal(WIDTH)
    with tempfile.TemporaryDirectory() as folder, _running(Path(folder)) as target:
        began, tally = time.monotonic(), Tally()
        with suppress(KeyboardInterrupt):  # what was found so far is worth telling
            attack(target, given.messages, given.seed, tally)
        console.print(table_of(tally))
        console.print(f"Seed {given.seed}, {time.monotonic() - began:.0f} s.")
    for failure in tally.failures[:SHOWN_FAILURES]:
        console.print(failure, markup=False)
    return 1 if tally.failures else 0


@contextmanager
def _running(folder: Path) -> Iterator[Target]:
    """A desk of its own, all of its processes; raises ``Unavailable`` if it does not start."""
    environment, settings = prepare_desk(
        folder / "desk", {"PROMODESK_SECRET": SECRET, "PROMODESK_UPLOADS": str(folder / "uploads")}
    )
    os.environ.update(environment)
    programs = (gateway_program(settings), *inner_programs(settings))
    processes = [Process(program, folder / "logs", _tell, ROOT) for program in programs]
    try:
        for process in processes:
            process.start()
        _wait(f"http://127.0.0.1:{settings.port}")
        with target_of(settings) as target:
            yield target
    finally:
        stop_all(processes)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _wait(url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/readyz", timeout=10, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise Unavailable(f"the desk was not ready within {READY_SECONDS:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
