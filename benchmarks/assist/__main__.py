"""The command: ``python -m benchmarks.assist [--rounds 20] [--callers 1 4]`` starts a desk and asks it about whole mails."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks.assist.serving import measure_assistant
from benchmarks.assist.table import table_of
from bot.config import SettingError
from bot.services.ports import DeskError

ROUNDS = 20
CALLERS = (1, 4)
LINE = 120
INTERRUPTED = 130


def main() -> int:
    """Measure and print; the exit status."""
    given = _arguments()
    console = Console(width=None if sys.stdout.isatty() else LINE, highlight=False)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside, it ends its processes too
    try:
        with tempfile.TemporaryDirectory() as scratch:
            loads = measure_assistant(Path(scratch), given.rounds, given.callers, console)
    except (DeskError, SettingError) as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(str(error), markup=False)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    console.print(table_of(loads))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.assist",
        description="How long /api/assist takes for mails of about 2,000 characters.",
    )
    parser.add_argument("--rounds", type=_count, default=ROUNDS, metavar="N", help=f"each mail so often; {ROUNDS}")
    parser.add_argument(
        "--callers", type=_count, nargs="+", default=list(CALLERS), metavar="N", help="how many ask at once; 1 4"
    )
    return parser.parse_args()


def _count(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number above nought")


if __name__ == "__main__":
    sys.exit(main())
