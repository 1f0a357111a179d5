"""Claims from a spreadsheet: what is read, and what is refused by its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.claims_csv import format_claims, official_reference, parse_claims, read_claims
from bot.adapters.csv_rows import BadFile
from bot.core.claims import Claim, ClaimLine, ClaimState
from bot.core.promotion import ReferenceFormat
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED

LEN = ReferenceFormat("LEN", 6)
HEADING = "reference,email,company,state,submitted_on,validated_on,paid_on,rejected_on,reason,product,quantity,amount\n"


def complaints(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(BadFile) as refusal:
        parse_claims(text, LEN)
    assert all(bad.mend for bad in refusal.value.bad_cells)
    return [(bad.line, bad.column, bad.value) for bad in refusal.value.bad_cells]


def test_rows_of_one_reference_are_one_claim_wherever_they_stand() -> None:
    first, other, last = parse_claims(
        HEADING + "LEN-000001,Bo@Lund.example ,Lund,paid,2023-06-01,2023-06-10,2023-07-01,,,Dock,2,150.5\n"
        "LEN-000002,c@d.example,,submitted,2023-06-02,,,,,Mouse,1,\n"
        "len 000001,bo@lund.example,Lund,PAID,2023-06-01,2023-06-10,2023-07-01,,,Webcam,1,75\n"
        "LEN000003,c@d.example,,submitted,2023-06-02,,,,,Mouse,1,\n",
        LEN,
    )
    assert (first.reference, first.email, first.state) == ("LEN-000001", "bo@lund.example", ClaimState.PAID)
    assert first.lines == (ClaimLine("Dock", 2, Decimal("150.5")), ClaimLine("Webcam", 1, Decimal("75")))
    assert first.paid_on == date(2023, 7, 1)
    assert (other.company, other.validated_on, other.lines) == ("", None, (ClaimLine("Mouse", 1, None),))
    assert last.reference == "LEN-000003"


def test_optional_columns_may_be_missing_altogether() -> None:
    (claim,) = parse_claims(
        "reference;email;state;submitted_on;product;quantity\nLEN-000001;a@b.example;submitted;2023-06-01;Dock;1\n",
        LEN,
    )
    assert (claim.company, claim.reason, claim.lines[0].amount) == ("", "", None)


def test_an_invoice_number_may_be_given_for_a_claim() -> None:
    heading = HEADING.strip() + ",invoice_number\n"
    first, second = parse_claims(
        heading + "LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,1,, INV-2023/0042 \n"
        "LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Mouse,1,,INV-2023/0042\n"
        "LEN-000002,a@b.example,,submitted,2023-06-01,,,,,Mouse,1,,\n",
        LEN,
    )
    assert (first.invoice_number, len(first.lines), second.invoice_number) == ("INV-2023/0042", 2, "")
    assert parse_claims(HEADING + "LEN-000002,a@b.example,,submitted,2023-06-01,,,,,Mouse,1,\n", LEN) == [second]


@pytest.mark.parametrize("number", ["---", "x" * 61, "1\u202e2"])
def test_an_invoice_number_that_cannot_be_found_or_shown_is_a_bad_cell(number: str) -> None:
    row = f"LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,1,,{number}\n"
    assert complaints(HEADING.strip() + ",invoice_number\n" + row) == [(2, "invoice_number", number)]


def test_lines_of_one_claim_have_one_invoice_number() -> None:
    row = "LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,1,,F{}\n"
    file = HEADING.strip() + ",invoice_number\n" + row.format(1) + row.format(2)
    assert complaints(file) == [(3, "invoice_number", "F2")]


@pytest.mark.parametrize(
    "claim", [SUBMITTED, MISSING_INFO, VALIDATED, PAID, REJECTED], ids=lambda claim: claim.state.value
)
def test_what_is_written_is_read_again(tmp_path: Path, claim: Claim) -> None:
    awkward = replace(claim, company='Kaffe, "te" og\nkage; Åse', invoice_number="F, 12")
    (tmp_path / "claims.csv").write_text(format_claims([awkward]), encoding="utf-8")
    assert read_claims(tmp_path / "claims.csv", LEN) == [awkward]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("LEN-12345,a@b.example,,submitted,2023-06-01,,,,,Dock,1,", "reference", "LEN-12345"),
        ("ALM-123456,a@b.example,,submitted,2023-06-01,,,,,Dock,1,", "reference", "ALM-123456"),
        (",a@b.example,,submitted,2023-06-01,,,,,Dock,1,", "reference", ""),
        ("LEN-١٢٣٤٥٦,a@b.example,,submitted,2023-06-01,,,,,Dock,1,", "reference", "LEN-١٢٣٤٥٦"),
        ("LEN-000001,a.example,,submitted,2023-06-01,,,,,Dock,1,", "email", "a.example"),
        ("LEN-000001,a@b@c.example,,submitted,2023-06-01,,,,,Dock,1,", "email", "a@b@c.example"),
        ("LEN-000001,,,submitted,2023-06-01,,,,,Dock,1,", "email", ""),
        ("LEN-000001,a@b.example,,approved,2023-06-01,,,,,Dock,1,", "state", "approved"),
        ("LEN-000001,a@b.example,,,2023-06-01,,,,,Dock,1,", "state", ""),
        ("LEN-000001,a@b.example,,submitted,01-06-2023,,,,,Dock,1,", "submitted_on", "01-06-2023"),
        ("LEN-000001,a@b.example,,submitted,2023-02-30,,,,,Dock,1,", "submitted_on", "2023-02-30"),
        ("LEN-000001,a@b.example,,submitted,,,,,,Dock,1,", "submitted_on", ""),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,2023-06-05,,,,Dock,1,", "validated_on", "2023-06-05"),
        ("LEN-000001,a@b.example,,missing_info,2023-06-01,,,2023-06-05,,Dock,1,", "rejected_on", "2023-06-05"),
        ("LEN-000001,a@b.example,,validated,2023-06-01,,,,,Dock,1,", "validated_on", ""),
        ("LEN-000001,a@b.example,,validated,2023-06-01,2023-05-31,,,,Dock,1,", "validated_on", "2023-05-31"),
        ("LEN-000001,a@b.example,,validated,2023-06-01,2023-06-05,2023-07-01,,,Dock,1,", "paid_on", "2023-07-01"),
        ("LEN-000001,a@b.example,,paid,2023-06-01,,2023-07-01,,,Dock,1,", "validated_on", ""),
        ("LEN-000001,a@b.example,,paid,2023-06-01,2023-06-05,,,,Dock,1,", "paid_on", ""),
        ("LEN-000001,a@b.example,,paid,2023-06-01,2023-06-05,2023-06-04,,,Dock,1,", "paid_on", "2023-06-04"),
        ("LEN-000001,a@b.example,,rejected,2023-06-01,,,,no,Dock,1,", "rejected_on", ""),
        ("LEN-000001,a@b.example,,rejected,2023-06-01,,,2023-05-01,no,Dock,1,", "rejected_on", "2023-05-01"),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,,1,", "product", ""),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,0,", "quantity", "0"),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,-1,", "quantity", "-1"),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,1.5,", "quantity", "1.5"),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,,", "quantity", ""),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,1,kr 5", "amount", "kr 5"),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,1,1.234", "amount", "1.234"),
        ("LEN-000001,a@b.example,,submitted,2023-06-01,,,,,Dock,1,NaN", "amount", "NaN"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_with_line_and_column(row: str, column: str, value: str) -> None:
    good = "LEN-999999,noise@noise.example,,submitted,2023-06-01,,,,,Dock,1,\n"
    assert complaints(HEADING + good + row + "\n") == [(3, column, value)]


@pytest.mark.parametrize(
    "column", ["email", "company", "state", "submitted_on", "validated_on", "rejected_on", "reason"]
)
def test_rows_of_one_claim_must_agree(column: str) -> None:
    cells = (
        "LEN-000001",
        "a@b.example",
        "Lund",
        "rejected",
        "2023-06-01",
        "2023-06-03",
        "",
        "2023-06-04",
        "no",
        "Dock",
        "1",
        "",
    )
    line = dict(zip(HEADING.strip().split(","), cells, strict=True))
    other = {"email": "b@b.example", "company": "Lunde", "state": "rejected", "submitted_on": "2023-06-02",
             "validated_on": "2023-06-02", "rejected_on": "2023-06-05", "reason": "other"}  # fmt: skip
    if column == "state":
        second = line | {"state": "submitted", "validated_on": "", "rejected_on": "", "reason": "no"}
        assert (3, "state", "submitted") in complaints(_file(line, second))
    else:
        assert complaints(_file(line, line | {column: other[column]})) == [(3, column, other[column])]


def test_everything_wrong_is_reported_together_in_the_order_of_the_file() -> None:
    told = complaints(
        HEADING
        + "LEN-1,a.example,,gone,2023-06-01,,,,,,0,x\nLEN-000002,a@b.example,,submitted,2023-06-01,,,,,Dock,1,\n"
        "LEN-000002,other@b.example,,submitted,2023-06-01,,,,,Dock,1,\nLEN-000003,a@b.example,,paid,2023-06-01,,,,,Dock,1,\n"
    )
    assert [line for line, _, _ in told] == [2, 2, 2, 2, 2, 2, 4, 5, 5]


def test_a_complaint_reads_as_line_column_value_and_mend() -> None:
    with pytest.raises(BadFile) as refusal:
        parse_claims(HEADING + "LEN-1,a@b.example,,submitted,2023-06-01,,,,,Dock,1,\n", LEN)
    assert str(refusal.value) == "line 2, reference 'LEN-1': write it like LEN-000000"


@pytest.mark.parametrize("written", ["LEN-615204", "len-615204", " Len 615204 ", "len615204"])
def test_a_reference_has_one_official_spelling(written: str) -> None:
    assert official_reference(written, LEN) == "LEN-615204"


def _file(*rows: dict[str, str]) -> str:
    return HEADING + "".join(",".join(row.values()) + "\n" for row in rows)
