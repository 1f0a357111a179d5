"""Phrases that are no gaps, in the desk database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.gap_tables import gap_dismissals
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.upserts import upsert
from bot.core.agents import Agent
from bot.core.gap_groups import Dismissal


class SqlDismissals:
    """The ``Dismissals`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, promotion: str) -> Mapping[str, Dismissal]:
        kept = select(gap_dismissals).where(gap_dismissals.c.promotion == promotion)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            rows = connection.execute(kept).mappings().all()
        return {row["phrase"]: Dismissal(row["agent_name"], row["decided_at"]) for row in rows}

    def add(self, promotion: str, phrases: Mapping[str, str], agent: Agent, at: datetime) -> None:
        decided = {"promotion": promotion, "agent_id": agent.id, "agent_name": agent.name, "decided_at": at}
        rows = [{"phrase": key, "text": text, **decided} for key, text in phrases.items()]
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            for row in rows:
                connection.execute(upsert(self._engine, gap_dismissals).values(**row).on_conflict_do_nothing())

    def remove(self, promotion: str, keys: Collection[str]) -> None:
        own = (gap_dismissals.c.promotion == promotion, gap_dismissals.c.phrase.in_(list(keys)))
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(delete(gap_dismissals).where(*own))
