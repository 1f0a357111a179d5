"""The list of qualifying products as a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.adapters.csv_rows import BadCell, BadFile, Row, read_rows, read_text
from bot.services.ports import Product

REQUIRED = ("part_number", "name")


def read_products(path: Path) -> list[Product]:
    """The products of a file; raises ``InvalidInput`` with everything that is wrong in it."""
    return parse_products(read_text(path))


def parse_products(text: str) -> list[Product]:
    """The products in the file's order; raises ``BadFile``."""
    rows = list(read_rows(text, required=REQUIRED))
    bad = [*_empty_cells(rows), *_repeated(rows)]
    if bad:
        raise BadFile(bad)
    return [Product(row["part_number"], row["name"], row["category"], row["country"]) for row in rows]


def _empty_cells(rows: list[Row]) -> Iterator[BadCell]:
    for row in rows:
        for column in REQUIRED:
            if not row[column]:
                yield row.bad(column, "write it, or delete the line")


def _repeated(rows: list[Row]) -> Iterator[BadCell]:
    first_lines: dict[tuple[str, str], int] = {}
    for row in rows:
        listed = (row["part_number"], row["country"])
        if row["part_number"] and listed in first_lines:
            yield row.bad(
                "part_number",
                f"stands for the same country on line {first_lines[listed]} already; delete one",
            )
        first_lines.setdefault(listed, row.line)
