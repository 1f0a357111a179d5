"""Many messages: memory and latency must stay where they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.load.closed_loop import Load, put_under_load
from benchmarks.running_desk import RunningDesk
from benchmarks.stock_rasa.progress import Say
from benchmarks.stock_rasa.usage import resident_mb

CUSTOMERS = 8
STRETCH_SECONDS = 15.0


@dataclass(frozen=True)
class Stretch:
    """A part of the soak: what the customers got, and what each process held in memory at its end."""

    messages: int
    """So many since the beginning."""
    load: Load
    megabytes: Mapping[str, float]


def soak(desk: RunningDesk, apologies: frozenset[str], texts: Sequence[str], messages: int, say: Say) -> list[Stretch]:
    """Talk until so many messages were said, and look at the processes every now and then."""
    stretches: list[Stretch] = []
    said = 0
    while said < messages:
        load = put_under_load(desk.url, apologies, texts, CUSTOMERS, STRETCH_SECONDS)
        desk.require_running()
        said += len(load.turns)
        held = {name: resident_mb(process.pid) for name, process in desk.started.items()}
        stretches.append(Stretch(said, load, held))
        say(f"{said:,} of {messages:,}")
    return stretches


def growth(stretches: Sequence[Stretch]) -> dict[str, float]:
    """By process, and for the p50 and p95 of a turn: the last quarter against the second one, as a share of that.

    The first quarter fills caches and connection pools.
    """
    quarter = max(1, len(stretches) // 4)
    early, late = stretches[quarter : 2 * quarter] or stretches[:1], stretches[-quarter:]
    names = stretches[0].megabytes
    grown = {
        name: fmean(one.megabytes[name] for one in late) / fmean(one.megabytes[name] for one in early) - 1
        for name in names
    }
    for percent in (50, 95):
        before, after = (fmean(one.load.latency(percent) for one in part) for part in (early, late))
        grown[f"turn, p{percent}"] = after / before - 1
    return grown
