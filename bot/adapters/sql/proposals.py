"""Proposals to change the content, in the desk database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine, RowMapping

from bot.adapters.sql.gap_tables import proposals
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.agents import Agent
from bot.core.proposals import Change, Proposal
from bot.services.gap_ports import Draft

LARGEST_NUMBER = 2**31 - 1
"""What PostgreSQL takes for a number; whoever asks for a higher one asks for a proposal that there is not."""


class SqlProposals:
    """The ``Proposals`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, promotion: str, draft: Draft, agent: Agent, at: datetime) -> int:
        made = insert(proposals).values(
            promotion=promotion,
            change=draft.change.as_dict(),
            agent_id=agent.id,
            agent_name=agent.name,
            made_at=at,
            group_phrase=draft.group,
            group_text=draft.group_text,
            taken=list(draft.taken),
        )
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            number: int = connection.execute(made).inserted_primary_key[0]
            return number

    def find(self, promotion: str, number: int) -> Proposal | None:
        if not 0 < number <= LARGEST_NUMBER:
            return None
        wanted = select(proposals).where(proposals.c.promotion == promotion, proposals.c.number == number)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        return _proposal(row) if row else None

    def all(self, promotion: str) -> Sequence[Proposal]:
        wanted = select(proposals).where(proposals.c.promotion == promotion).order_by(proposals.c.number.desc())
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [_proposal(row) for row in connection.execute(wanted).mappings()]

    def withdraw(self, promotion: str, number: int, at: datetime) -> bool:
        standing = (
            update(proposals)
            .where(proposals.c.promotion == promotion, proposals.c.number == number, proposals.c.withdrawn_at.is_(None))
            .values(withdrawn_at=at)
        )
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            return bool(connection.execute(standing).rowcount)


def _proposal(row: RowMapping) -> Proposal:
    return Proposal(
        number=row["number"],
        change=Change.from_dict(row["change"]),
        made_by=row["agent_name"],
        made_at=row["made_at"],
        group=row["group_phrase"],
        group_text=row["group_text"],
        taken=tuple(row["taken"]),
        withdrawn_at=row["withdrawn_at"],
    )
