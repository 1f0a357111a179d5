"""Write claims into the claims database: all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.claims_tables import LONGEST_KEY, claim_lines
from bot.adapters.sql.claims_tables import claims as claims_table
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.claims import Claim
from bot.core.email_addresses import comparable_email
from bot.core.invoice_numbers import comparable_invoice_number
from bot.core.names import comparable_name

BATCH = 400
"""Claims per statement; SQLite allows only so many values in one."""


@dataclass(frozen=True)
class ClaimsImport:
    """What an import wrote; ``replaced`` are the claims that were there before."""

    claims: int
    lines: int
    replaced: int


def import_claims(engine: Engine, promotion: str, claims: Sequence[Claim]) -> ClaimsImport:
    """Write these claims; one whose reference is there already is replaced as a whole. Raises ``Unavailable``."""
    replaced = lines = 0
    with told_as_unavailable("claims"), engine.begin() as connection:
        for start in range(0, len(claims), BATCH):
            batch = claims[start : start + BATCH]
            references = [claim.reference for claim in batch]
            of_batch = (claims_table.c.promotion == promotion, claims_table.c.reference.in_(references))
            replaced += connection.execute(select(func.count()).select_from(claims_table).where(*of_batch)).scalar_one()
            connection.execute(delete(claims_table).where(*of_batch))  # its lines go with it
            connection.execute(insert(claims_table), [_claim_row(promotion, claim) for claim in batch])
            line_rows = [row for claim in batch for row in _line_rows(promotion, claim)]
            if line_rows:
                connection.execute(insert(claim_lines), line_rows)
            lines += len(line_rows)
    return ClaimsImport(claims=len(claims), lines=lines, replaced=replaced)


def _claim_row(promotion: str, claim: Claim) -> dict[str, Any]:
    values = asdict(claim) | {
        "promotion": promotion,
        "state": claim.state.value,
        "email": claim.email.strip().lower(),
        "email_key": comparable_email(claim.email)[:LONGEST_KEY],
        "company_key": comparable_name(claim.company),
        "invoice_key": comparable_invoice_number(claim.invoice_number)[:LONGEST_KEY],
    }
    del values["lines"]
    return values


def _line_rows(promotion: str, claim: Claim) -> Iterator[dict[str, Any]]:
    for position, line in enumerate(claim.lines, start=1):
        yield {
            "promotion": promotion,
            "reference": claim.reference,
            "position": position,
            "product": line.product,
            "quantity": line.quantity,
            "amount_in_hundredths": None if line.amount is None else int(line.amount.scaleb(2)),
        }
