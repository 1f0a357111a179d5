"""The command: ``python -m benchmarks.assist [--rounds 20] [--callers 1 4]`` starts a desk and asks it about whole mails."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.assist.serving import measure_assistant
from benchmarks.assist.table import table_of
from benchmarks.commands import count, end_as_if_interrupted, exit_status_of, terminal

ROUNDS = 20
CALLERS = (1, 4)
LINE = 120


def main() -> int:
    """Measure and print; the exit status."""
    given = _arguments()
    end_as_if_interrupted()
    return exit_status_of(lambda: _measure(given))


def _measure(given: argparse.Namespace) -> int:
    console = terminal(LINE)
    with tempfile.TemporaryDirectory() as scratch:
        loads = measure_assistant(Path(scratch), given.rounds, given.callers, console)
    console.print(table_of(loads))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.assist",
        description="How long /api/assist takes for mails of about 2,000 characters.",
    )
    parser.add_argument("--rounds", type=count, default=ROUNDS, metavar="N", help=f"each mail so often; {ROUNDS}")
    parser.add_argument(
        "--callers", type=count, nargs="+", default=list(CALLERS), metavar="N", help="how many ask at once; 1 4"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
