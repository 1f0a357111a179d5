"""Lays the systems side by side: a row for everything that was measured, with the ratio."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.stock_rasa.measured import Measured, Section, Unit
from benchmarks.stock_rasa.systems import DESK, STOCK, WHOLE_DESK

COLUMNS = (STOCK, DESK, WHOLE_DESK)
RATIO = f"{DESK} ÷ {STOCK}"
HEADINGS = ("", STOCK, DESK, RATIO, WHOLE_DESK)
NOTHING = "–"


@dataclass(frozen=True)
class Row:
    """One thing that was measured, by system."""

    section: Section
    name: str
    values: Mapping[str, Measured]

    @property
    def ratio(self) -> float:
        """The desk's value against the stock bot's; not a number where one is missing or nought, or is about neither."""
        stock, desk = self.values.get(STOCK), self.values.get(DESK)
        if stock is None or desk is None or not stock.value or stock.unit is Unit.PERCENT_OF_CORES:
            return math.nan
        return desk.value / stock.value

    def cells(self) -> tuple[str, ...]:
        """The row in words, under ``HEADINGS``."""
        stock, desk, whole = (_shown(self.values.get(column)) for column in COLUMNS)
        ratio = NOTHING if math.isnan(self.ratio) else f"{self.ratio:.2f} ×"
        return self.name, stock, desk, ratio, whole


def rows(systems: Mapping[str, Sequence[Measured]]) -> list[Row]:
    """Every row of the comparison: by section, and in a section as it was measured."""
    found: dict[tuple[Section, str], dict[str, Measured]] = {}
    for system, measured in systems.items():
        for one in measured:
            found.setdefault((one.section, one.name), {})[system] = one
    order = list(Section)
    return [
        Row(section, name, values)
        for (section, name), values in sorted(found.items(), key=lambda item: order.index(item[0][0]))
    ]


def _shown(measured: Measured | None) -> str:
    if measured is None or math.isnan(measured.value):
        return NOTHING
    note = f" ({measured.note})" if measured.note else ""
    return f"{_number(measured)}{note}"


def _number(measured: Measured) -> str:
    if measured.unit is Unit.COUNT:
        return f"{measured.value:.0f}"
    if measured.unit is Unit.TIMES:
        return f"{measured.value:.2f} ×"
    digits = 0 if measured.unit is Unit.MEGABYTES else 1
    return f"{measured.value:,.{digits}f} {measured.unit.value}"
