"""The outbox in the desk database: mails are taken by an atomic change, so that each is in one worker's hands only."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine, RowMapping

from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_tables import outbox
from bot.core.mails import ClaimedMail, Mail, MailKind, MailProgress, MailState

LONGEST_PROBLEM = 500
_RETAKEN = {
    "answers_missing": outbox.c.answers_missing + case((outbox.c.handed_over_at.is_not(None), 1), else_=0),
    "handed_over_at": None,
}
"""What was handed over by a worker that never came back may have arrived."""
_OPEN = and_(outbox.c.sent_at.is_(None), outbox.c.given_up_at.is_(None))


def add_to_outbox(connection: Connection, ticket: str, mails: Sequence[Mail], at: datetime) -> list[int]:
    """Put mails about a ticket into the outbox, within the transaction that keeps the ticket; their numbers there."""
    added = []
    for mail in mails:
        values = {**mail.__dict__, "kind": mail.kind.value, "thread": " ".join(mail.thread)}
        result = connection.execute(
            insert(outbox).values(
                ticket=ticket,
                created_at=at,
                due_at=at,
                attempts=0,
                refusals=0,
                answers_missing=0,
                problem="",
                **values,
            )
        )
        added.append(int(result.inserted_primary_key[0]))
    return added


class SqlOutbox:
    """The ``Outbox`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, now: datetime, until: datetime) -> ClaimedMail | None:
        claim = secrets.token_hex(16)
        free = and_(
            _OPEN,
            outbox.c.due_at <= now,
            or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= now),
        )
        first = select(outbox.c.id).where(free).order_by(outbox.c.due_at, outbox.c.id).limit(1)
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            # PostgreSQL passes over what another worker is taking just now; SQLite has one writer at a time.
            while (found := connection.execute(first.with_for_update(skip_locked=True)).scalar()) is not None:
                # The condition stands in the change too: of two that saw the same mail free, the second changes nothing.
                taken = (
                    update(outbox)
                    .where(outbox.c.id == found, free)
                    .values(claim=claim, claimed_until=until, **_RETAKEN)
                )
                if connection.execute(taken).rowcount:
                    return _claimed(connection.execute(select(outbox).where(outbox.c.claim == claim)).mappings().one())
        return None

    def hold(self, claimed: ClaimedMail, until: datetime, *, handing_over: bool = False) -> bool:
        noted = {"handed_over_at": until} if handing_over else {}
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            held = update(outbox).where(_held(claimed)).values(claimed_until=until, **noted)
            return bool(connection.execute(held).rowcount)

    def note_sent(self, claimed: ClaimedMail, at: datetime) -> None:
        sent = update(outbox).where(outbox.c.id == claimed.id, outbox.c.sent_at.is_(None))
        self._change(sent.values(sent_at=at, attempts=claimed.attempts + 1, claim=None, claimed_until=None, problem=""))

    def put_back(
        self, claimed: ClaimedMail, due: datetime, problem: str, *, refused: bool, surely_not_accepted: bool
    ) -> None:
        unanswered = {} if surely_not_accepted else {"answers_missing": outbox.c.answers_missing + 1}
        self._let_go(claimed, problem, due_at=due, refusals=claimed.refusals + int(refused), **unanswered)

    def give_up(self, claimed: ClaimedMail, at: datetime, problem: str) -> None:
        self._let_go(claimed, problem, given_up_at=at, refusals=claimed.refusals + 1)

    def try_again(self) -> int:
        # Of those given up long ago the words are gone.
        again = update(outbox).where(outbox.c.given_up_at.is_not(None), outbox.c.body != "")
        return self._change(again.values(given_up_at=None, refusals=0))

    def _let_go(self, claimed: ClaimedMail, problem: str, **noted: object) -> None:
        tried = {"attempts": claimed.attempts + 1, "problem": problem[:LONGEST_PROBLEM]}
        free = {"claim": None, "claimed_until": None, "handed_over_at": None}
        self._change(update(outbox).where(_held(claimed)).values(**tried, **free, **noted))

    def _change(self, statement: Any) -> int:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            changed: int = connection.execute(statement).rowcount
            return changed


def progress_of(row: RowMapping) -> MailProgress:
    """How far the mail of a row is."""
    state, since = MailState.WAITING, row["created_at"]
    if row["sent_at"] is not None:
        state, since = MailState.SENT, row["sent_at"]
    elif row["given_up_at"] is not None:
        state, since = MailState.GIVEN_UP, row["given_up_at"]
    kind = MailKind(row["kind"])
    return MailProgress(kind, row["recipient"], state, since, row["attempts"], row["problem"])


def _held(claimed: ClaimedMail) -> Any:
    return and_(outbox.c.id == claimed.id, outbox.c.claim == claimed.claim, _OPEN)


def _claimed(row: RowMapping) -> ClaimedMail:
    return ClaimedMail(
        id=row["id"],
        mail=Mail(
            kind=MailKind(row["kind"]),
            message_id=row["message_id"],
            recipient=row["recipient"],
            subject=row["subject"],
            body=row["body"],
            reply_to=row["reply_to"],
            thread=tuple(row["thread"].split()),
        ),
        created_at=row["created_at"],
        claim=row["claim"],
        attempts=row["attempts"],
        refusals=row["refusals"],
        handed_over_before=row["answers_missing"] > 0,
    )
