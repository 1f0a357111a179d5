"""The audit log in the desk database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.agents import Agent
from bot.services.console_ports import EVERY_ENTRY, AuditEntry, AuditFilter


class SqlAudit:
    """The ``AuditLog`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, agent: Agent, action: str, subject: str, why: str, at: datetime) -> None:
        entry = {"at": at, "agent_id": agent.id, "agent_name": agent.name}
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(insert(audit).values(**entry, action=action, subject=subject, why=why))

    def entries(
        self, wanted: AuditFilter = EVERY_ENTRY, *, before_position: int | None = None, limit: int
    ) -> Sequence[AuditEntry]:
        latest = select(audit).order_by(audit.c.position.desc()).limit(limit)
        if wanted.since:
            latest = latest.where(audit.c.at >= wanted.since)
        if wanted.until:
            latest = latest.where(audit.c.at < wanted.until)
        if wanted.agent:
            latest = latest.where(audit.c.agent_id == wanted.agent)
        if wanted.subject:
            latest = latest.where(func.lower(audit.c.subject).contains(wanted.subject.lower(), autoescape=True))
        if before_position is not None:
            latest = latest.where(audit.c.position < before_position)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [AuditEntry(**row) for row in connection.execute(latest).mappings()]
