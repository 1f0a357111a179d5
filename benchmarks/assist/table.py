"""The benchmark's table: how long an agent, or a help desk, waits for the answers to a mail."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from benchmarks.assist.serving import Load
from benchmarks.stock_rasa.machine import this_machine
from benchmarks.stock_rasa.measured import percentile

WANTED_P95_MS = 150


def table_of(loads: Sequence[Load]) -> Table:
    """One row for each number of callers; the machine stands below."""
    table = Table(
        title=f"POST /api/assist, mails of {loads[0].characters:,} characters",
        caption=f"wanted with one caller: p95 below {WANTED_P95_MS} ms\n{this_machine().sentence()}",
        title_justify="left",
        caption_justify="left",
    )
    for heading in ("callers", "answers", "questions found in all mails", "p50", "p95", "slowest"):
        table.add_column(heading, justify="right")
    for load in loads:
        times = [percentile(load.seconds, percent) for percent in (50, 95)] + [max(load.seconds)]
        table.add_row(
            str(load.callers), str(len(load.seconds)), str(load.questions), *(f"{1000 * one:.0f} ms" for one in times)
        )
    return table
