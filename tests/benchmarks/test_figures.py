"""The README's tables: what falls short is bold, what was not asked is a dash."""

from __future__ import annotations

from benchmarks.figures import Measured, public_table, understanding_table
from benchmarks.understanding.public_table import PublicRow
from bot.core.evaluation import Figure


def test_what_falls_short_is_bold_and_what_was_not_asked_is_a_dash() -> None:
    figures = {"first choice right": Figure("", 94, 100), "refused": Figure("", 2, 100)}

    lines = understanding_table([Measured("held_out", 100, figures)]).splitlines()

    assert lines[0] == "| share, in % | wanted | held_out (100) |"
    assert "| first choice right | ≥ 95 | **94.0 (94 of 100)** |" in lines
    assert "| refused, though there is an answer | ≤ 3 | 2.0 (2 of 100) |" in lines
    assert "| near-miss pairs | ≥ 92 | – |" in lines


def test_a_public_set_below_what_is_wanted_is_bold() -> None:
    lines = public_table(PublicRow("ridge", 0.955, 0.65, 0.943, 0.8491, 0.0061)).splitlines()

    assert lines[2] == "| CLINC150 in scope | ≥ 96.5 | **95.5** |"
    assert lines[3] == "| CLINC150 out-of-scope recall | ≥ 60.0 | 65.0 |"
    assert lines[5].endswith("| ≥ 88.0 | **84.9 ± 0.6** |")
