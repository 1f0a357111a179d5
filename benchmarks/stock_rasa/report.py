"""Shows a comparison in the terminal, and writes it as Markdown for readers and as JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.report_files import write_report
from benchmarks.stock_rasa.comparison import Comparison
from benchmarks.stock_rasa.measured import TAKEN_BY_OTHERS, Measured
from benchmarks.stock_rasa.table import HEADINGS, Row, rows

BUSY_PERCENT = 10.0
"""If others take more of the cores while a system is measured, its figures are not worth much."""
NAME = "comparison"
TITLE = "Promo Desk beside a stock Rasa bot"
NOTES = (
    "Both bots learnt the same phrases: those of `data/nlu` and the page's own questions. The stock bot is what Rasa "
    "suggests: DIET, ResponseSelector, FallbackClassifier, RulePolicy, Memoization, UnexpecTED and TED, with the "
    "approved answers as responses and a plain sentence for everything else.",
    "The stock bot keeps conversations in memory and calls no actions. The desk keeps them in SQLite, masks what is "
    "personal, looks claims up and judges purchases in its action server; its figures include that.",
    "Both servers were spoken to over HTTP from this machine, one after the other, with the questions' own texts and a "
    "fresh conversation every five turns. Memory is what is resident; pages shared by processes count for each of them.",
    "A ratio is the desk's value divided by the stock bot's. An error is a turn without an answer, or with an apology for a failure.",
    "The stock bot counts as refusing where it falls back or finds the question out of scope. Moves within a "
    "conversation are left out of both rankings.",
)


def show(comparison: Comparison, console: Console) -> None:
    """The whole table in the terminal."""
    table = Table(*HEADINGS, title=TITLE, title_justify="left", caption=_machine(comparison), caption_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for section, its_rows in _by_section(comparison):
        table.add_section()
        table.add_row(section, style="bold")
        for row in its_rows:
            table.add_row(*row.cells())
    console.print(table)
    for warning in warnings(comparison):
        console.print(warning, style="yellow", markup=False)


def warnings(comparison: Comparison) -> list[str]:
    """Which figures a busy machine has spoilt."""
    return [
        f"Others took {one.value:.0f} % of the cores while {name} was under load; measure again on a quiet machine."
        for name, measured in comparison.systems.items()
        for one in measured
        if one.name == TAKEN_BY_OTHERS and one.value > BUSY_PERCENT
    ]


def write(comparison: Comparison, folder: Path) -> None:
    """Both files; raises ``InvalidInput`` if the folder cannot be written."""
    write_report(folder, NAME, as_markdown(comparison), as_data(comparison))


def as_markdown(comparison: Comparison) -> str:
    """A page with a table for each section."""
    parts = [f"# {TITLE}", _machine(comparison), *warnings(comparison), "\n".join(f"- {note}" for note in NOTES)]
    for section, its_rows in _by_section(comparison):
        lines = [_line((section, *HEADINGS[1:])), "|---|" + "---:|" * (len(HEADINGS) - 1)]
        parts.append("\n".join(lines + [_line(row.cells()) for row in its_rows]))
    return "\n\n".join(parts) + "\n"


def as_data(comparison: Comparison) -> dict[str, Any]:
    """Everything that was measured, unrounded; a value that could not be measured is null."""
    return {
        "began": comparison.began.isoformat(timespec="seconds"),
        "machine": vars(comparison.machine) | {"load_at_end": comparison.load_at_end},
        "plan": {
            "questions": [file.name for file in comparison.plan.questions],
            "callers": list(comparison.plan.callers),
            "turns": comparison.plan.turns,
            "epochs": comparison.plan.epochs,
        },
        "systems": {name: [_datum(one) for one in measured] for name, measured in comparison.systems.items()},
    }


def _datum(measured: Measured) -> dict[str, Any]:
    return {
        "section": measured.section.value,
        "name": measured.name,
        "value": None if math.isnan(measured.value) else measured.value,
        "unit": measured.unit.value,
        "note": measured.note,
    }


def _by_section(comparison: Comparison) -> Iterator[tuple[str, Iterator[Row]]]:
    for section, its_rows in groupby(rows(comparison.systems), key=lambda row: row.section):
        yield section.value, its_rows


def _machine(comparison: Comparison) -> str:
    day = f"{comparison.began:%Y-%m-%d %H:%M}"
    questions = ", ".join(file.name for file in comparison.plan.questions)
    return (
        f"{comparison.machine.sentence()} and {comparison.load_at_end:.2f} at the end. {day}; "
        f"questions from {questions}; {comparison.plan.epochs} epochs for the stock bot."
    )


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
