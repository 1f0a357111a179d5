"""The command: ``python -m benchmarks.stock_rasa [--questions FILE ...] [--callers 1 8 32] [--out FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.commands import count, end_as_if_interrupted, exit_status_of, terminal
from benchmarks.stock_rasa.comparison import Plan, compare
from benchmarks.stock_rasa.report import show, write
from bot.config import ROOT

QUESTIONS = ROOT / "evaluation" / "development.yml"
OUT = ROOT / "reports" / "stock_rasa"
CALLERS = (1, 8, 32)
TURNS = 300
EPOCHS = 100
LINE = 140
"""How wide the table is where no terminal says it."""


def main() -> int:
    """Compare, show and write; the exit status."""
    given = _arguments()
    end_as_if_interrupted()
    return exit_status_of(lambda: _compare(given))


def _compare(given: argparse.Namespace) -> int:
    console = terminal(LINE)
    comparison = compare(Plan(given.questions, given.callers, given.turns, given.epochs, given.keep), console)
    show(comparison, console)
    write(comparison, given.out)
    console.print(f"Written to {given.out}", markup=False)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stock_rasa",
        description="Compare Promo Desk with a stock Rasa bot trained on the same phrases.",
    )
    add = parser.add_argument
    add(
        "--questions",
        type=Path,
        nargs="+",
        default=[QUESTIONS],
        metavar="FILE",
        help=f"labelled questions; {_shown(QUESTIONS)}",
    )
    add("--callers", type=count, nargs="+", default=list(CALLERS), metavar="N", help="how many talk at once; 1 8 32")
    add("--turns", type=count, default=TURNS, metavar="N", help=f"how many turns a load has at least; {TURNS}")
    add(
        "--epochs",
        type=count,
        default=EPOCHS,
        metavar="N",
        help=f"how long the stock bot learns; {EPOCHS}, fewer for a try",
    )
    add("--keep", type=Path, metavar="FOLDER", help="keep the trained bots here, and use those that are here already")
    add("--out", type=Path, default=OUT, metavar="FOLDER", help=f"where the report is written; {_shown(OUT)}")
    return parser.parse_args()


def _shown(path: Path) -> str:
    """A default as the help names it."""
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
