"""The README's tables of how well it understands: ``python -m benchmarks.figures FILE ... [--public FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.commands import exit_status_of
from benchmarks.understanding.catalogue import BY_NAME
from benchmarks.understanding.model import CHOSEN
from benchmarks.understanding.public_table import HEADINGS, PublicRow, measure_public
from benchmarks.understanding.table import as_markdown
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.adapters.labelled_questions import read_labelled_questions
from bot.adapters.models import newest_model, unpacked_understanding
from bot.bootstrap_understanding import encoder_folder
from bot.commands.evaluate import measure
from bot.config import ROOT, read_settings
from bot.core.evaluation import Figure
from bot.core.floors import Floor
from bot.matching.matcher import Matcher

QUESTIONS = (ROOT / "evaluation" / "held_out.yml", ROOT / "evaluation" / "development.yml")
WANTED: dict[str, tuple[str, Floor | None]] = {
    "first choice right": ("first choice right", Floor("", at_least=0.95)),
    "right one among the first three": ("right one among the first three", Floor("", at_least=0.99)),
    "answered outright": ("answered outright", None),
    "… and right": ("… and right", None),
    "refused": ("refused, though there is an answer", Floor("", at_most=0.03)),
    "strangers not answered": ("strangers not answered", Floor("", at_least=0.88)),
    "several questions, all answered": ("two questions, both answered", Floor("", at_least=0.88)),
    "contrast": ("near-miss pairs", Floor("", at_least=0.92)),
    "noisy": ("heavy typos, no spaces, dictated, mails", Floor("", at_least=0.93)),
    "nordic": ("Danish, Swedish, Norwegian", Floor("", at_least=0.85)),
}
"""Each figure with what it is called in the table, and what is wanted of it."""
PUBLIC_WANTED = (0.965, 0.60, 0.937, 0.88)


@dataclass(frozen=True)
class Measured:
    """One file of questions with its figures."""

    name: str
    questions: int
    figures: dict[str, Figure]


def main() -> int:
    """Measure and print; the exit status."""
    given = _arguments()
    return exit_status_of(lambda: _print(list(_tables(given.files, given.public))))


def _print(lines: Sequence[str]) -> int:
    print("\n".join(lines))  # noqa: T201
    return 0


def _tables(files: Sequence[Path], public: Path | None) -> Iterator[str]:
    settings = read_settings()
    encoder = TimedEncoder(encoder_folder(settings), settings.cache)
    with unpacked_understanding(newest_model(settings.models)) as folder:
        matcher = Matcher.load(folder, encoder)
    yield understanding_table([_measured(file, matcher) for file in files])
    if public:
        (row,) = measure_public([BY_NAME[CHOSEN]], public, encoder)
        yield public_table(row)
    encoder.keep()


def _measured(file: Path, matcher: Matcher) -> Measured:
    questions = read_labelled_questions(file)
    return Measured(file.stem, len(questions), {figure.name: figure for figure in measure(matcher, questions)})


def understanding_table(measured: Sequence[Measured]) -> str:
    """A row for each figure, a column for each file; what falls short of what is wanted is bold."""
    headings = ("share, in %", "wanted", *(f"{one.name} ({one.questions})" for one in measured))
    rows = [
        (name, _bound(floor), *(_cell(one.figures.get(figure), floor) for one in measured))
        for figure, (name, floor) in WANTED.items()
    ]
    return as_markdown(headings, rows)


def public_table(row: PublicRow) -> str:
    """The public sets, with what is wanted of each."""
    cells = dict(zip(HEADINGS[1:], row.cells()[1:]))
    reached = zip(HEADINGS[1:], row.shares(), PUBLIC_WANTED)
    rows = [
        (name, f"≥ {100 * wanted:.1f}", cells[name] if share >= wanted else f"**{cells[name]}**")
        for name, share, wanted in reached
    ]
    return as_markdown(("public set, in %", "wanted", "reached"), rows)


def _bound(floor: Floor | None) -> str:
    if floor is None:
        return ""
    return f"≥ {100 * floor.at_least:.0f}" if floor.at_least else f"≤ {100 * floor.at_most:.0f}"


def _cell(figure: Figure | None, floor: Floor | None) -> str:
    if figure is None or not figure.of:
        return "–"
    told = f"{100 * figure.share:.1f} ({figure.hits} of {figure.of})"
    return told if floor is None or floor.holds(figure.share) else f"**{told}**"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.figures", description="Print the README's tables with the trained model."
    )
    parser.add_argument("files", type=Path, nargs="*", default=list(QUESTIONS), metavar="FILE")
    parser.add_argument("--public", type=Path, metavar="FOLDER", help="CLINC150 and BANKING77 too, from here")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
