"""Claims as a CSV file: one row per product, rows of one reference are one claim."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.adapters.csv_rows import BadCell, BadFile, Row, read_rows, read_text
from bot.core.claims import Claim, ClaimLine, ClaimState
from bot.core.invoice_numbers import LONGEST_INVOICE_NUMBER, is_invoice_number
from bot.core.lengths import LONGEST_EMAIL
from bot.core.promotion import ReferenceFormat

COLUMNS = (
    "reference", "email", "company", "state", "submitted_on", "validated_on", "paid_on", "rejected_on", "reason",
    "product", "quantity", "amount", "invoice_number",
)  # fmt: skip
REQUIRED = ("reference", "email", "state", "submitted_on", "product", "quantity")
OF_THE_LINE = ("product", "quantity", "amount")
"""What rows of one reference may differ in."""
DATES = ("submitted_on", "validated_on", "paid_on", "rejected_on")

_DATES_NEEDED = {
    ClaimState.SUBMITTED: ("submitted_on",),
    ClaimState.MISSING_INFO: ("submitted_on",),
    ClaimState.VALIDATED: ("submitted_on", "validated_on"),
    ClaimState.PAID: ("submitted_on", "validated_on", "paid_on"),
    ClaimState.REJECTED: ("submitted_on", "rejected_on"),
}
_DATES_ALLOWED = _DATES_NEEDED | {ClaimState.REJECTED: ("submitted_on", "validated_on", "rejected_on")}


def read_claims(path: Path, reference_format: ReferenceFormat) -> list[Claim]:
    """The claims of a file; raises ``InvalidInput`` with everything that is wrong in it."""
    return parse_claims(read_text(path), reference_format)


def parse_claims(text: str, reference_format: ReferenceFormat) -> list[Claim]:
    """The claims in the order of their first rows; raises ``BadFile``."""
    rows = list(read_rows(text, required=REQUIRED))
    bad = [complaint for row in rows for complaint in _complaints(row, reference_format)]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        reference = official_reference(row["reference"], reference_format)
        if reference:
            groups.setdefault(reference, []).append(row)
    bad += [complaint for group in groups.values() for complaint in _disagreements(group)]
    if bad:
        raise BadFile(bad)
    return [_claim(reference, group) for reference, group in groups.items()]


def official_reference(written: str, reference_format: ReferenceFormat) -> str | None:
    """A reference in its official spelling, whatever its case and hyphen; None if it is none."""
    pattern = rf"{re.escape(reference_format.prefix)}[\s-]?([0-9]{{{reference_format.digits}}})"
    match = re.fullmatch(pattern, written.strip(), re.IGNORECASE)
    return reference_format.join(match[1]) if match else None


def format_claims(claims: Iterable[Claim]) -> str:
    """The file from which ``parse_claims`` reads these claims."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for claim in claims:
        for line in claim.lines:
            writer.writerow(
                [claim.reference, claim.email, claim.company, claim.state.value]
                + [getattr(claim, column) or "" for column in DATES]
                + [claim.reason, line.product, line.quantity, "" if line.amount is None else line.amount]
                + [claim.invoice_number]
            )
    return text.getvalue()


def _complaints(row: Row, reference_format: ReferenceFormat) -> Iterator[BadCell]:
    if official_reference(row["reference"], reference_format) is None:
        yield row.bad("reference", f"write it like {reference_format}")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", row["email"]) or len(row["email"]) > LONGEST_EMAIL:
        yield row.bad("email", f"write an e-mail address with one @, no blank and at most {LONGEST_EMAIL} characters")
    if not row["product"]:
        yield row.bad("product", "write the product's name")
    if not (re.fullmatch(r"[0-9]{1,6}", row["quantity"]) and int(row["quantity"]) >= 1):
        yield row.bad("quantity", "write a whole number from 1 up")
    if row["amount"] and _amount(row["amount"]) is None:
        yield row.bad("amount", "write a number with a point and at most two decimals, such as 150.00")
    if row["invoice_number"] and not is_invoice_number(row["invoice_number"]):
        yield row.bad(
            "invoice_number",
            f"write at most {LONGEST_INVOICE_NUMBER} characters on one line, with a letter or digit among them",
        )
    yield from _complaints_on_dates(row)


def _complaints_on_dates(row: Row) -> Iterator[BadCell]:
    malformed = [column for column in DATES if row[column] and _date(row[column]) is None]
    for column in malformed:
        yield row.bad(column, "write a date like 2023-11-04")
    try:
        state = ClaimState(row["state"].lower())
    except ValueError:
        yield row.bad("state", f"write one of {', '.join(state.value for state in ClaimState)}")
        return
    for column in DATES:
        if column in _DATES_NEEDED[state] and not row[column]:
            yield row.bad(column, f"a claim that is {state.value} has this date; write it")
        if column not in _DATES_ALLOWED[state] and row[column]:
            yield row.bad(column, f"a claim that is {state.value} cannot have this date; empty it or change the state")
    if not malformed:
        yield from _dates_out_of_order(row)


def _dates_out_of_order(row: Row) -> Iterator[BadCell]:
    in_order = [(column, _date(row[column])) for column in DATES if row[column]]
    for (earlier, before), (later, after) in zip(in_order, in_order[1:], strict=False):
        if before and after and after < before:
            yield row.bad(later, f"lies before {earlier} ({before}); correct one of them")


def _disagreements(group: Sequence[Row]) -> Iterator[BadCell]:
    first = group[0]
    for row in group[1:]:
        for column in COLUMNS[1:]:
            if column not in OF_THE_LINE and _same_form(column, row) != _same_form(column, first):
                yield row.bad(
                    column,
                    f"differs from line {first.line} of the same claim ({first[column]!r}); make them agree",
                )


def _same_form(column: str, row: Row) -> str:
    return row[column].lower() if column in ("email", "state") else row[column]


def _claim(reference: str, rows: Sequence[Row]) -> Claim:
    first = rows[0]
    return Claim(
        reference=reference,
        email=first["email"].lower(),
        company=first["company"],
        state=ClaimState(first["state"].lower()),
        submitted_on=date.fromisoformat(first["submitted_on"]),
        validated_on=_date(first["validated_on"]),
        paid_on=_date(first["paid_on"]),
        rejected_on=_date(first["rejected_on"]),
        reason=first["reason"],
        invoice_number=first["invoice_number"],
        lines=tuple(ClaimLine(row["product"], int(row["quantity"]), _amount(row["amount"])) for row in rows),
    )


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _amount(written: str) -> Decimal | None:
    return Decimal(written) if re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", written) else None
