"""The command: ``python -m benchmarks.understanding [--questions FILE ...] [--variants NAME ...] [--public FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from benchmarks.commands import FAILURES, exit_status_of, terminal
from benchmarks.understanding.catalogue import BY_NAME, VARIANTS
from benchmarks.understanding.experiment import Outcome, encoder_ms, run
from benchmarks.understanding.material import Material, product_material
from benchmarks.understanding.model import CHOSEN, Variant
from benchmarks.understanding.plots import draw_all
from benchmarks.understanding.public_table import PUBLIC_VARIANTS, below_floors, measure_public
from benchmarks.understanding.report import Results, show, write
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.adapters.floors_file import read_floors
from bot.adapters.labelled_questions import read_labelled_questions
from bot.bootstrap_understanding import encoder_folder
from bot.config import ROOT, read_settings
from bot.core.evaluation import LabelledQuestion
from bot.core.intents import DIALOGUE_MOVES
from bot.matching.encoder_export import EncoderError
from bot.services.ports import InvalidInput

QUESTIONS = (ROOT / "evaluation" / "development.yml", ROOT / "evaluation" / "held_out.yml")
OUT = ROOT / "reports" / "understanding"
FLOORS, PUBLIC_FLOORS = ROOT / "evaluation" / "floors.yml", "public sets"
LINE = 200
"""How wide the tables are where no terminal says it."""


def main() -> int:
    """Run the variants, show, draw and write; the exit status."""
    given = _arguments()
    return exit_status_of(lambda: _compare(given), (*FAILURES, EncoderError))


def _compare(given: argparse.Namespace) -> int:
    console = terminal(LINE)
    results = _run(given, console)
    show(results, console)
    write(results, given.out)
    draw_all(results.outcomes, results.questions, given.out)
    console.print(f"Written to {given.out}", markup=False)
    found = below_floors(results.public, read_floors(FLOORS, PUBLIC_FLOORS)) if given.floors else []
    for shortfall in found:
        console.print(shortfall, style="red", markup=False)
    return 1 if found else 0


def _run(given: argparse.Namespace, console: Console) -> Results:
    began = datetime.now()
    settings = read_settings()
    questions = _single(given.questions)
    material = product_material(settings)
    folder = encoder_folder(settings)
    encoder = TimedEncoder(folder, settings.cache)
    encoder.encode([text for text, _ in material.phrases])
    variants = _variants(given.variants, given.encoder_tuning)
    outcomes = tuple(_outcomes(variants, material, questions, encoder, console))
    wanted = [name for name in PUBLIC_VARIANTS if not given.variants or name in given.variants]
    public = [BY_NAME[name] for name in wanted] if given.public else []
    with console.status("Public sets …"):
        measured = measure_public(public, given.public, encoder) if public else []
    encoder.keep()
    return Results(
        began=began,
        files=tuple(file.name for file in given.questions),
        questions=questions,
        phrases=len(material.phrases),
        encoder=settings.encoder,
        encoder_ms=encoder_ms(questions, encoder),
        outcomes=outcomes,
        public=tuple(measured),
    )


def _single(files: Sequence[Path]) -> tuple[LabelledQuestion, ...]:
    """The questions that ask one thing; a move within a conversation has no answer, and is no stranger either."""
    read = [question for file in files for question in read_labelled_questions(file) if not question.is_multiple]
    single = tuple(question for question in read if question.labels[0] not in DIALOGUE_MOVES)
    if all(question.is_stranger for question in single):
        raise InvalidInput("no question with one answer in the files; give some with --questions")
    return single


def _variants(names: Sequence[str], with_tuning: bool) -> list[Variant]:
    """The named ones, or all that are quick; always with the chosen one, which the others are compared with."""
    return [
        variant
        for variant in VARIANTS
        if variant.name == CHOSEN
        or (variant.is_slow and with_tuning)
        or (not variant.is_slow and (not names or variant.name in names))
    ]


def _outcomes(
    variants: Sequence[Variant],
    material: Material,
    questions: Sequence[LabelledQuestion],
    encoder: TimedEncoder,
    console: Console,
) -> Iterator[Outcome]:
    for variant in variants:
        with console.status(f"{variant.name}: {variant.about} …"):
            outcome = run(variant, material, questions, encoder)
        encoder.keep()
        console.print(f"{variant.name}: learnt in {outcome.cost.training_seconds:.0f} s", markup=False)
        yield outcome


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.understanding",
        description="Compare variants of the matcher on labelled questions.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    quick = [variant.name for variant in VARIANTS if not variant.is_slow]
    add(
        "--questions", type=Path, nargs="+", default=list(QUESTIONS), metavar="FILE", help="files of labelled questions"
    )
    add("--variants", nargs="+", default=[], choices=quick, metavar="NAME", help=f"of {', '.join(quick)}; none for all")
    add("--public", type=Path, metavar="FOLDER", help="measure CLINC150 and BANKING77 from here too")
    add("--floors", action="store_true", help="fail if the public sets fall below evaluation/floors.yml")
    add("--encoder-tuning", action="store_true", help="fine-tune the encoder too, which takes minutes")
    add("--out", type=Path, default=OUT, metavar="FOLDER", help="where tables and plots are written")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
