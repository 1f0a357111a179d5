"""The report's two files say the same, where and on what it was measured."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import datetime, timezone
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.stock_rasa.comparison import Comparison, Plan
from benchmarks.stock_rasa.machine import Machine
from benchmarks.stock_rasa.measured import TAKEN_BY_OTHERS, Measured, Section, Unit
from benchmarks.stock_rasa.report import NAME, as_markdown, show, warnings, write
from benchmarks.stock_rasa.systems import DESK, STOCK
from bot.services.ports import InvalidInput

COMPARISON = Comparison(
    machine=Machine(2, "a processor", 4096, "Linux 6", "3.10.13", "3.6.21", 0.25),
    plan=Plan([Path("folder/questions.yml")], [1, 8], 200, 100),
    began=datetime(2026, 1, 2, 3, 4, tzinfo=timezone.utc),
    load_at_end=0.5,
    systems={
        STOCK: [
            Measured(Section.TRAINING, "time", 90.0, Unit.SECONDS),
            Measured(Section.LOAD, "a | b", math.nan, Unit.MILLISECONDS),
        ],
        DESK: [Measured(Section.TRAINING, "time", 45.0, Unit.SECONDS, "cold")],
    },
)


def test_the_page_names_the_machine_and_has_a_table_for_each_section() -> None:
    page = as_markdown(COMPARISON)

    assert "2 cores of a processor, 4 GB" in page
    assert "load 0.25 at the start and 0.50 at the end" in page
    assert "questions from questions.yml; 100 epochs" in page
    assert "| time | 90.0 s | 45.0 s (cold) | 0.50 × | – |" in page
    assert r"| a \| b | – | – | – | – |" in page
    assert page.count("|---|") == 2


def test_figures_of_a_busy_machine_are_warned_of() -> None:
    busy, quiet = (Measured(Section.LOAD, TAKEN_BY_OTHERS, share, Unit.PERCENT_OF_CORES) for share in (56.2, 1.5))
    (warning,) = warnings(replace(COMPARISON, systems={STOCK: [busy], DESK: [quiet]}))
    assert "56 % of the cores while stock Rasa" in warning and "quiet machine" in warning
    assert warnings(COMPARISON) == []


def test_programs_get_every_value_and_null_for_none(tmp_path: Path) -> None:
    write(COMPARISON, tmp_path / "new" / "folder")

    data = json.loads((tmp_path / "new" / "folder" / f"{NAME}.json").read_text(encoding="utf-8"))
    assert data["machine"]["cores"] == 2 and data["machine"]["load_at_end"] == 0.5
    assert data["plan"]["questions"] == ["questions.yml"]
    assert [one["value"] for one in data["systems"][STOCK]] == [90.0, None]
    assert (tmp_path / "new" / "folder" / f"{NAME}.md").read_text(encoding="utf-8") == as_markdown(COMPARISON)


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InvalidInput, match="file.*--out"):
        write(COMPARISON, tmp_path / "file")


def test_the_terminal_shows_the_same_rows() -> None:
    terminal = StringIO()
    show(COMPARISON, Console(width=140, file=terminal))

    shown = terminal.getvalue()
    assert "45.0 s (cold)" in shown and "0.50 ×" in shown and "a processor" in shown
