"""The benchmark of the assistant: its mails are what it says they are, and its table shows what was measured."""

from __future__ import annotations

import io

from rich.console import Console

from benchmarks.assist.serving import Load, read_mails
from benchmarks.assist.table import table_of


def test_the_mails_are_of_about_two_thousand_characters() -> None:
    mails = read_mails()
    assert len(mails) >= 6
    assert all(1_700 <= len(mail) <= 2_300 for mail in mails)
    assert 1_900 <= sum(map(len, mails)) / len(mails) <= 2_100
    assert len(set(mails)) == len(mails)


def test_the_table_shows_what_was_measured() -> None:
    shown = io.StringIO()
    load = Load(1, [0.050] * 94 + [0.120] * 5 + [0.300], questions=26, characters=1927)
    Console(file=shown, width=140).print(table_of([load]))
    assert "1,927 characters" in shown.getvalue()
    row = next(line for line in shown.getvalue().splitlines() if "50 ms" in line and "300 ms" in line)
    assert [cell.strip() for cell in row.strip("│┃ ").split("│")] == ["1", "100", "26", "50 ms", "120 ms", "300 ms"]
