"""What conversations gave to look a claim up, and their attempts, in the desk database."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict
from datetime import datetime, timezone

from sqlalchemy import and_, case, delete, false, func, not_, or_, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.desk_tables import lookup_attempts, lookup_details
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.upserts import upsert
from bot.services.ports import FailureCounts, LookupDetails


class SqlLookups:
    """The ``Lookups`` port over SQL; attempts hold references and addresses as hashes keyed with the secret."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._secret = secret.encode()

    def details(self, conversation: str) -> LookupDetails:
        kept = select(lookup_details.c.reference, lookup_details.c.email, lookup_details.c.verified_reference).where(
            lookup_details.c.conversation == conversation
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            row = connection.execute(kept).mappings().first()
        return LookupDetails(**row) if row else LookupDetails()

    def keep(self, conversation: str, details: LookupDetails) -> None:
        values = asdict(details) | {"kept_at": datetime.now(timezone.utc)}
        replace = (
            upsert(self._engine, lookup_details)
            .values(conversation=conversation, **values)
            .on_conflict_do_update(index_elements=["conversation"], set_=values)
        )
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(replace)

    def forget(self, conversation: str) -> None:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(delete(lookup_details).where(lookup_details.c.conversation == conversation))

    def record_attempt(
        self, conversation: str, *, reference: str, email: str, succeeded: bool, at: datetime, turn: str | None = None
    ) -> None:
        attempt = upsert(self._engine, lookup_attempts).values(
            conversation=conversation,
            turn=turn,
            reference_hash=self._hash("reference", reference),
            email_hash=self._hash("email", email),
            succeeded=succeeded,
            attempted_at=at,
        )
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(attempt.on_conflict_do_nothing())

    def failures_since(
        self, since: datetime, *, conversation: str, reference: str, email: str, turn: str | None = None
    ) -> FailureCounts:
        of_conversation = lookup_attempts.c.conversation == conversation
        of_reference = lookup_attempts.c.reference_hash == self._hash("reference", reference)
        of_email = lookup_attempts.c.email_hash == self._hash("email", email)
        is_of_turn = func.coalesce(lookup_attempts.c.turn, "") == turn if turn else false()
        counts = select(
            *(
                func.coalesce(func.sum(case((match, 1), else_=0)), 0)
                for match in (of_conversation, of_reference, of_email)
            )
        ).where(
            lookup_attempts.c.succeeded.is_(False),
            lookup_attempts.c.attempted_at >= since,
            or_(of_conversation, of_reference, of_email),
            not_(and_(is_of_turn, of_conversation, of_reference, of_email)),
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            by_conversation, by_reference, by_email = connection.execute(counts).one()
        return FailureCounts(conversation=by_conversation, reference=by_reference, email=by_email)

    def _hash(self, kind: str, value: str) -> str:
        return attempt_hash(self._secret, kind, value)


def attempt_hash(secret: bytes, kind: str, value: str) -> str:
    """What is kept of a ``reference`` or an ``email`` that a look-up was attempted with."""
    return hmac.new(secret, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
