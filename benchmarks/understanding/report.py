"""Shows the results in the terminal, and writes them as Markdown for readers and as JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.report_files import write_report
from benchmarks.understanding import table
from benchmarks.understanding.comparison import strangers
from benchmarks.understanding.experiment import Outcome
from benchmarks.understanding.public_table import HEADINGS as PUBLIC_HEADINGS
from benchmarks.understanding.public_table import PublicRow
from bot.core.evaluation import LabelledQuestion

NAME = "understanding"
TITLE = "Variants of the matcher"
NOTES = (
    "Only questions that ask one thing, read as the desk reads a message. Moves within a conversation are left out, as questions and as labels.",
    "In brackets: 95 % of 1,000 draws of the questions anew. The difference to the chosen variant is over the same draws.",
    "Strangers refused: with the threshold, on how far the best label is ahead of the strangers' label, at which 3 % of "
    "the questions with an answer are refused.",
    "Seconds and milliseconds are the processor's, all cores together, so that a busy machine changes little; encoding a "
    "message is by the clock. A message is the middle one of 200.",
    "Training is without encoding the phrases, which all variants need; the chosen one's includes what it learns about "
    "messages that ask several things. A model's size is without the encoder; that of a matcher includes the phrases it "
    "shows as reasons.",
)


@dataclass(frozen=True)
class Results:
    """Everything that was found out in one run."""

    began: datetime
    files: tuple[str, ...]
    questions: tuple[LabelledQuestion, ...]
    phrases: int
    encoder: str
    encoder_ms: float
    outcomes: tuple[Outcome, ...]
    public: tuple[PublicRow, ...] = ()

    def rows(self) -> list[table.Row]:
        return table.rows(self.outcomes, self.questions, self.encoder_ms)

    def sentence(self) -> str:
        """What was asked of what, and when."""
        strange = int(strangers(self.questions).sum())
        return (
            f"{len(self.questions) - strange} questions with an answer and {strange} strangers from {', '.join(self.files)}; "
            f"{self.phrases} phrases, encoder {self.encoder}, {self.began:%Y-%m-%d}."
        )


def show(results: Results, console: Console) -> None:
    """All tables in the terminal."""
    _show(TITLE, table.HEADINGS, [row.cells() for row in results.rows()], results.sentence(), console)
    headings, *kinds = table.by_kind(results.outcomes, results.questions)
    _show("First choice right by kind, %", headings, kinds, "", console)
    if results.public:
        _show("Public sets, %", PUBLIC_HEADINGS, [row.cells() for row in results.public], "", console)


def write(results: Results, folder: Path) -> None:
    """Both files; raises ``InvalidInput`` if the folder cannot be written."""
    write_report(folder, NAME, as_markdown(results), as_data(results))


def as_markdown(results: Results) -> str:
    """A page with all tables."""
    headings, *kinds = table.by_kind(results.outcomes, results.questions)
    parts = [
        f"# {TITLE}",
        results.sentence(),
        table.as_markdown(table.HEADINGS, [row.cells() for row in results.rows()]),
        "\n".join(f"- {note}" for note in NOTES),
        "\n".join(f"- `{outcome.variant.name}`: {outcome.variant.about}" for outcome in results.outcomes),
        "## First choice right by kind, %",
        table.as_markdown(headings, kinds),
    ]
    if results.public:
        parts += ["## Public sets, %", table.as_markdown(PUBLIC_HEADINGS, [row.cells() for row in results.public])]
    return "\n\n".join(parts) + "\n"


def as_data(results: Results) -> dict[str, Any]:
    """Everything that was measured, unrounded; what could not be measured is null."""
    return {
        "began": results.began.isoformat(timespec="seconds"),
        "questions": list(results.files),
        "phrases": results.phrases,
        "encoder": results.encoder,
        "encoder_ms": results.encoder_ms,
        "variants": [_datum(row, results.questions) for row in results.rows()],
        "public": [asdict(row) for row in results.public],
    }


def _datum(row: table.Row, questions: Sequence[LabelledQuestion]) -> dict[str, Any]:
    outcome, own = row.outcome, row.figures
    wrong = [
        {"text": question.text, "label": question.labels[0], "understood": label}
        for question, label, is_right in zip(questions, outcome.verdicts.chosen, outcome.verdicts.first)
        if not is_right and not question.is_stranger
    ]
    return {
        "name": outcome.variant.name,
        "about": outcome.variant.about,
        "first_choice_right": asdict(own.first),
        "less_chosen": asdict(own.ahead),
        "among_three": asdict(own.among_three),
        "strangers_refused": None if math.isnan(own.refused) else own.refused,
        "auroc": None if math.isnan(own.auroc) else own.auroc,
        **asdict(outcome.cost),
        "wrong": wrong,
    }


def _show(title: str, headings: Sequence[str], lines: Sequence[Sequence[str]], caption: str, console: Console) -> None:
    shown = Table(*headings, title=title, title_justify="left", caption=caption, caption_justify="left")
    shown.columns[0].no_wrap = True
    for column in shown.columns[1:]:
        column.justify = "right"
    for cells in lines:
        shown.add_row(*cells)
    console.print(shown)
