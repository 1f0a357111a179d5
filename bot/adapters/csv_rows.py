"""Rows of a CSV file with the line each began on, and complaints that name line, column, value and mend."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.services.ports import InvalidInput


@dataclass(frozen=True)
class BadCell:
    """One thing wrong in a file; an empty ``column`` means the whole line."""

    line: int
    column: str
    value: str
    mend: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column} {self.value!r}" if self.column else f"line {self.line}"
        return f"{where}: {self.mend}"


class BadFile(InvalidInput):
    """Everything wrong in a file, in its order; nothing of it has been used."""

    def __init__(self, bad_cells: Sequence[BadCell]) -> None:
        self.bad_cells = tuple(sorted(bad_cells, key=lambda bad: bad.line))
        super().__init__("\n".join(str(bad) for bad in self.bad_cells))


@dataclass(frozen=True)
class Row:
    """A row's trimmed values by column; a column that the file lacks is empty."""

    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def bad(self, column: str, mend: str) -> BadCell:
        return BadCell(self.line, column, self[column], mend)


def read_text(path: Path) -> str:
    """The file's text, UTF-8 with or without a byte order mark; raises ``InvalidInput`` if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror}); check its name and rights") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InvalidInput(f"{path}, line {line}: not UTF-8; save the file as CSV UTF-8") from error


def read_rows(text: str, *, required: Sequence[str]) -> Iterator[Row]:
    """Rows below a heading line, commas or semicolons between the cells; columns nobody asked for are left alone.

    Raises ``BadFile`` if a required column is missing or rows have cells without a heading.
    """
    lines = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""),
        delimiter=_delimiter(text),
        skipinitialspace=True,
        strict=True,
    )
    try:
        numbered = list(_with_lines(lines))
    except csv.Error as error:
        raise BadFile(
            [BadCell(lines.line_num, "", "", f"cannot be read ({error}); close the quotation mark")]
        ) from error
    headings = [cell.strip().lower() for cell in numbered[0][1]] if numbered else []
    missing = [
        BadCell(1, column, "", "the heading is missing; add this column")
        for column in required
        if column not in headings
    ]
    too_long = [
        BadCell(line, "", "", f"has more cells than the heading ({len(cells)} instead of {len(headings)}); quote cells that hold the delimiter")
        for line, cells in numbered[1:]
        if any(cell.strip() for cell in cells[len(headings) :])
    ]  # fmt: skip
    if missing or too_long:
        raise BadFile([*missing, *too_long])
    for line, cells in numbered[1:]:
        yield Row(line, dict(zip(headings, (cell.strip() for cell in cells), strict=False)))


def _delimiter(text: str) -> str:
    heading = text.lstrip("\ufeff\r\n").partition("\n")[0]
    return ";" if heading.count(";") > heading.count(",") else ","


def _with_lines(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Every row that holds something, with the line it began on (a quoted cell may run over several)."""
    begins = 1
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = lines.line_num + 1  # type: ignore[attr-defined]
