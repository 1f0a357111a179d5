"""What was measured: a name, a value and its unit, so that systems can be laid side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Unit(str, Enum):
    """What a value counts."""

    SECONDS = "s"
    MILLISECONDS = "ms"
    MEGABYTES = "MB"
    PER_SECOND = "per second"
    TIMES = "times"
    COUNT = "count"
    PERCENT = "%"
    PERCENT_OF_CORES = "% of the cores"


class Section(str, Enum):
    """The part of the comparison a value belongs to."""

    TRAINING = "Training"
    SERVING = "Starting and memory"
    LOAD = "Turns over HTTP"
    ODD = "Long conversations and odd messages"
    ACCURACY = "Labelled questions"
    KINDS = "Handled rightly, by kind of question"


@dataclass(frozen=True)
class Measured:
    """One value of one system; the same section and name make a row of the table."""

    section: Section
    name: str
    value: float
    unit: Unit
    note: str = ""


TAKEN_BY_OTHERS = "taken by others meanwhile"
"""The row that tells how far the figures of the load can be trusted."""


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of the values do not exceed; not a number for no values."""
    if not values:
        return math.nan
    place = math.ceil(len(values) * percent / 100)
    return sorted(values)[max(place, 1) - 1]
