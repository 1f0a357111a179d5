"""Counts what waits in the desk database."""

from __future__ import annotations

from sqlalchemy import and_, case, func, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_tables import outbox, tickets
from bot.core.ticket_deadlines import TURN_OF_THE_DESK
from bot.core.tickets import TicketState
from bot.services.backlog import Backlog

_WAITS = and_(outbox.c.sent_at.is_(None), outbox.c.given_up_at.is_(None))


class SqlBacklogs:
    """The ``Backlogs`` port over SQL: all mails of the database, and one promotion's tickets."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def read(self) -> Backlog:
        mails = select(
            func.count(),
            func.count(outbox.c.sent_at),
            func.count(outbox.c.given_up_at),
            func.count(case((and_(_WAITS, outbox.c.attempts > 0), 1))),
            func.min(case((_WAITS, outbox.c.created_at)), type_=outbox.c.created_at.type),
        ).select_from(outbox)
        by_state = (
            select(tickets.c.state, func.count(), func.min(tickets.c.turn_since))
            .where(tickets.c.promotion == self._promotion)
            .group_by(tickets.c.state)
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            all_of_them, sent, given_up, failing, oldest = connection.execute(mails).one()
            states = {TicketState(state): (count, since) for state, count, since in connection.execute(by_state)}
        return Backlog(
            mails={"waiting": all_of_them - sent - given_up, "sent": sent, "given_up": given_up},
            failing_mails=failing,
            oldest_mail=oldest,
            tickets={state.value: states[state][0] if state in states else 0 for state in TicketState},
            oldest_unanswered=min((states[state][1] for state in TURN_OF_THE_DESK if state in states), default=None),
        )
