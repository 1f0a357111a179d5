"""The systems side by side: rows in order, ratios, and values in words."""

from __future__ import annotations

import math

from benchmarks.stock_rasa.measured import Measured, Section, Unit
from benchmarks.stock_rasa.systems import DESK, STOCK, WHOLE_DESK
from benchmarks.stock_rasa.table import HEADINGS, Row, rows

TIME = Measured(Section.TRAINING, "time", 90.04, Unit.SECONDS)
SLOW = Measured(Section.LOAD, "turn", 48.0, Unit.MILLISECONDS)
QUICK = Measured(Section.LOAD, "turn", 12.0, Unit.MILLISECONDS)
THROUGH = Measured(Section.LOAD, "turn", 15.0, Unit.MILLISECONDS)


def row(stock: Measured | None = None, desk: Measured | None = None) -> Row:
    values = {name: measured for name, measured in ((STOCK, stock), (DESK, desk)) if measured}
    return Row(Section.LOAD, "turn", values)


def measured(value: float, unit: Unit, note: str = "") -> Measured:
    return Measured(Section.LOAD, "turn", value, unit, note)


def test_what_has_one_name_is_one_row_in_the_order_of_the_sections() -> None:
    made = rows({STOCK: [SLOW, TIME], DESK: [QUICK], WHOLE_DESK: [THROUGH]})

    assert [(one.section, one.name) for one in made] == [(Section.TRAINING, "time"), (Section.LOAD, "turn")]
    assert made[1].cells() == ("turn", "48.0 ms", "12.0 ms", "0.25 ×", "15.0 ms")
    assert len(HEADINGS) == len(made[0].cells())


def test_what_a_system_does_not_have_is_left_out_with_its_ratio() -> None:
    assert row(stock=SLOW).cells() == ("turn", "48.0 ms", "–", "–", "–")
    assert row(desk=QUICK).cells() == ("turn", "–", "12.0 ms", "–", "–")


def test_what_is_about_the_machine_has_no_ratio() -> None:
    assert math.isnan(row(measured(50, Unit.PERCENT_OF_CORES), measured(2, Unit.PERCENT_OF_CORES)).ratio)


def test_nothing_is_divided_by_nought() -> None:
    assert math.isnan(row(measured(0, Unit.COUNT), measured(2, Unit.COUNT)).ratio)


def test_what_could_not_be_measured_is_not_shown_as_a_number() -> None:
    assert row(measured(math.nan, Unit.MILLISECONDS), QUICK).cells()[1:4] == ("–", "12.0 ms", "–")


def test_every_unit_has_its_form() -> None:
    shown = [
        row(measured(value, unit, note)).cells()[1]
        for value, unit, note in (
            (1325.4, Unit.MEGABYTES, "1 process"),
            (3.0, Unit.COUNT, "of 200"),
            (93.75, Unit.PERCENT, "15 of 16"),
            (3.874, Unit.TIMES, ""),
            (84.04, Unit.PER_SECOND, ""),
        )
    ]
    assert shown == ["1,325 MB (1 process)", "3 (of 200)", "93.8 % (15 of 16)", "3.87 ×", "84.0 per second"]
