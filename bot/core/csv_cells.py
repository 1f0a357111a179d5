"""Cells of CSV files that people open in a spreadsheet: text stays text, whatever it begins with."""

from __future__ import annotations

from numbers import Number

_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")
"""Also in full width, which some spreadsheets read as the plain sign."""
_BEGINS_ANOTHER_CELL = ("\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """The value as a cell; a text that a spreadsheet could run as a formula gets an apostrophe in front. None is empty."""
    if isinstance(value, Number):
        return str(value)
    text = "" if value is None else str(value).replace("\0", "")  # Python's csv cannot write NUL
    if text.startswith(_BEGINS_ANOTHER_CELL) or text.lstrip().startswith(_BEGINS_A_FORMULA):
        return f"'{text}"
    return text
