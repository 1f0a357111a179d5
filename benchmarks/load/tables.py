"""What was measured as tables, each with what it was held against."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from benchmarks.load.closed_loop import LONGEST_SECONDS, Load
from benchmarks.load.customers import Outcome
from benchmarks.load.large_databases import LookUps
from benchmarks.load.soak import Stretch, growth
from benchmarks.stock_rasa.machine import this_machine

GROWTH = 0.05
SLOWER = 1.2


def loads_table(loads: Sequence[Load]) -> Table:
    """One row for each number of customers."""
    table = _table("Customers at once, each with the next message when there is a reply")
    for heading in (
        "customers",
        "messages/s",
        "p50",
        "p95",
        "p99",
        "slowest",
        "turned away",
        "without brain",
        "failed",
    ):
        table.add_column(heading, justify="right")
    for load in loads:
        seconds = (*(load.latency(percent) for percent in (50, 95, 99)), load.slowest)
        outcomes = (Outcome.TURNED_AWAY, Outcome.WITHOUT_BRAIN, Outcome.FAILED)
        table.add_row(
            str(load.customers),
            f"{load.per_second:.1f}",
            *(f"{1000 * one:.0f} ms" for one in seconds),
            *(f"{load.count(outcome):,}" for outcome in outcomes),
        )
    table.caption = (
        f"wanted: none failed, nobody waits longer than {LONGEST_SECONDS:.0f} s\n{this_machine().sentence()}"
    )
    return table


def soak_table(stretches: Sequence[Stretch]) -> Table:
    """About ten rows from the whole soak, and how much everything has grown."""
    names = list(stretches[0].megabytes)
    table = _table(f"{stretches[-1].messages:,} messages of some customers at once")
    for heading in ("messages", *(f"{name}, MB" for name in names), "p50", "p95", "failed"):
        table.add_column(heading, justify="right")
    for stretch in stretches[:: max(1, len(stretches) // 10)]:
        table.add_row(
            f"{stretch.messages:,}",
            *(f"{stretch.megabytes[name]:.0f}" for name in names),
            *(f"{1000 * stretch.load.latency(percent):.0f} ms" for percent in (50, 95)),
            str(stretch.load.count(Outcome.FAILED)),
        )
    grown = ", ".join(f"{name} {share:+.1%}" for name, share in growth(stretches).items())
    table.caption = (
        f"last quarter against the second: {grown}\nwanted: within {GROWTH:.0%}\n{this_machine().sentence()}"
    )
    return table


def look_ups_table(measured: Sequence[LookUps]) -> Table:
    """One row for each size, against the smallest."""
    table = _table("A claim looked up over HTTP, on PostgreSQL")
    for heading in ("claims", "tracker events", "p50", "p95", "p95 against the first"):
        table.add_column(heading, justify="right")
    for one in measured:
        p50, p95 = (one.latency(percent) for percent in (50, 95))
        table.add_row(
            f"{one.size.claims:,}",
            f"{one.size.events:,}",
            f"{1000 * p50:.0f} ms",
            f"{1000 * p95:.0f} ms",
            f"{p95 / measured[0].latency(95):.2f} ×",
        )
    table.caption = f"wanted: at most {SLOWER} ×\n{this_machine().sentence()}"
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", caption_justify="left")
