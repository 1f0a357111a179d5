"""What the outbox's table says of its mails, whoever asks for it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.ticket_tables import outbox


def mail_counts(engine: Engine) -> dict[str, int]:
    """How many mails wait, are sent, and are given up."""
    counted = select(func.count(), func.count(outbox.c.sent_at), func.count(outbox.c.given_up_at))
    with engine.connect() as connection:
        all_of_them, sent, given_up = connection.execute(counted.select_from(outbox)).one()
    return {"waiting": all_of_them - sent - given_up, "sent": sent, "given_up": given_up}
