"""The table of what came of a fuzz run."""

from __future__ import annotations

import statistics

from rich.table import Table

from benchmarks.fuzz.attack import Tally


def table_of(tally: Tally) -> Table:
    """One row for each kind of request: how many, which statuses, how long."""
    table = Table(title=f"{tally.sent:,} requests, {len(tally.failures)} failures")
    for heading in ("requests", "sent", "answered with (how often)", "median", "slowest"):
        table.add_column(heading, justify="left" if heading in ("requests", "answered with (how often)") else "right")
    for kind, counts in sorted(tally.statuses.items()):
        statuses = ", ".join(f"{status or 'no answer'} ({count:,})" for status, count in sorted(counts.items()))
        seconds = tally.seconds.get(kind, [])
        times = (
            (f"{statistics.median(seconds) * 1000:.0f} ms", f"{max(seconds) * 1000:.0f} ms") if seconds else ("", "")
        )
        table.add_row(kind, f"{sum(counts.values()):,}", statuses, *times)
    return table
