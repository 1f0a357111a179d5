"""Spreadsheets are read whatever program wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.csv_rows import BadFile, read_rows, read_text
from bot.services.ports import InvalidInput


def test_values_are_trimmed_and_lines_counted_across_quoted_breaks() -> None:
    rows = list(read_rows('name,note\n\n a , "two\nlines"\n,,\nb,x\n', required=["name"]))
    assert [(row.line, row["name"]) for row in rows] == [(3, "a"), (6, "b")]


@pytest.mark.parametrize(
    "text",
    ["name;note\na,b;c\n", "\ufeffName;Note\r\na,b;c\r\n", 'name,note\n"a,b",c', 'name,note\r"a,b",c\r'],
)
def test_commas_semicolons_marks_and_every_line_end_are_read(text: str) -> None:
    (row,) = read_rows(text, required=["name"])
    assert (row["name"], row["note"], row["not a column"]) == ("a,b", "c", "")


def test_a_short_row_has_empty_cells_and_unknown_columns_are_left_alone() -> None:
    (row,) = read_rows("name,unknown,note\na\n", required=["name"])
    assert (row["name"], row["note"]) == ("a", "")


def test_missing_headings_are_named() -> None:
    with pytest.raises(BadFile, match="line 1, name '': the heading is missing"):
        list(read_rows("nmae,note\na,b\n", required=["name"]))
    with pytest.raises(BadFile, match="the heading is missing"):
        list(read_rows("", required=["name"]))


def test_a_row_longer_than_the_heading_is_refused() -> None:
    with pytest.raises(BadFile, match=r"line 3: has more cells than the heading \(3 instead of 2\)"):
        list(read_rows("name,note\na,b,,\na,b,c\n", required=["name"]))


def test_an_open_quotation_mark_is_refused() -> None:
    with pytest.raises(BadFile, match="close the quotation mark"):
        list(read_rows('name,note\n"a,b\n', required=["name"]))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("\ufeffnavn: Tønder".encode())
    assert read_text(tmp_path / "a.csv") == "navn: Tønder"


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("name\nfirst\nTønder\n".encode("latin-1"))
    with pytest.raises(InvalidInput, match="line 3: not UTF-8"):
        read_text(tmp_path / "a.csv")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere.csv cannot be read"):
        read_text(tmp_path / "nowhere.csv")
