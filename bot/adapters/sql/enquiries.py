"""Enquiries in the desk database, numbered through within a year."""

from __future__ import annotations

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.conversation_tables import enquiries
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.enquiries import Enquiry, ticket_reference

ATTEMPTS = 20
"""How often a number is drawn anew because another enquiry took it in the same moment."""


class SqlEnquiries:
    """The ``Enquiries`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, enquiry: Enquiry, form: str) -> str:
        with told_as_unavailable("desk"):
            for _ in range(ATTEMPTS - 1):
                try:
                    return self._add_once(enquiry, form)
                except IntegrityError:
                    continue
            return self._add_once(enquiry, form)

    def _add_once(self, enquiry: Enquiry, form: str) -> str:
        """Raises ``IntegrityError`` if the number, or this very form, was taken meanwhile."""
        with self._engine.begin() as connection:
            sent = select(enquiries.c.reference).where(
                enquiries.c.conversation_id == enquiry.conversation, enquiries.c.form == form
            )
            reference: str | None = connection.execute(sent).scalar_one_or_none()
            return reference or _insert(connection, enquiry, form)


def _insert(connection: Connection, enquiry: Enquiry, form: str) -> str:
    year = enquiry.at.year
    last = connection.execute(select(func.max(enquiries.c.number)).where(enquiries.c.year == year)).scalar_one()
    number = (last or 0) + 1
    reference = ticket_reference(year, number)
    connection.execute(
        insert(enquiries).values(
            reference=reference,
            year=year,
            number=number,
            promotion=enquiry.promotion,
            conversation_id=enquiry.conversation,
            form=form,
            name=enquiry.name,
            email=enquiry.email,
            company=enquiry.company,
            claim_reference=enquiry.claim_reference,
            message=enquiry.message,
            transcript=[{"speaker": line.speaker, "text": line.text} for line in enquiry.transcript],
            created_at=enquiry.at,
        )
    )
    return reference
