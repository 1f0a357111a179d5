"""What the benchmarks' commands have in common: where they print, how they end, and what numbers they take."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from typing import Tuple, Type

from rich.console import Console

from bot.config import SettingError
from bot.services.ports import DeskError

INTERRUPTED = 130
FAILURES = (DeskError, SettingError)


def terminal(width: int) -> Console:
    """Where results are printed; so wide where no terminal says it."""
    return Console(width=None if sys.stdout.isatty() else width, highlight=False)


def end_as_if_interrupted() -> None:
    """Ended from outside, a command ends its processes too."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def exit_status_of(run: Callable[[], int], failures: Tuple[Type[Exception], ...] = FAILURES) -> int:
    """That of the run; a failure that people can do something about is told in its words alone."""
    try:
        return run()
    except failures as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(str(error), markup=False)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def count(text: str) -> int:
    """A number of things on the command line."""
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number above nought")
