"""Agents in the desk database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.access_tables import agents
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.agents import Agent, Role
from bot.services.access_ports import Credentials


class SqlAgents:
    """The ``Agents`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, agent: Agent, at: datetime) -> bool:
        values = {"id": agent.id, "email": agent.email, "name": agent.name, "is_disabled": agent.is_disabled}
        nothing_yet = {"password_hash": "", "sealed_secret": "", "last_step": 0}
        with told_as_unavailable("desk"):
            try:
                with self._engine.begin() as connection:
                    connection.execute(
                        insert(agents).values(**values, **nothing_yet, role=agent.role.value, created_at=at)
                    )
            except IntegrityError:
                return False
        return True

    def all(self) -> Sequence[Agent]:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [_agent(row) for row in connection.execute(select(agents).order_by(agents.c.name)).mappings()]

    def find(self, id: str) -> Credentials | None:
        return self._found(agents.c.id == id)

    def find_by_email(self, email: str) -> Credentials | None:
        return self._found(agents.c.email == email)

    def set_password(self, id: str, password_hash: str) -> None:
        self._change(id, password_hash=password_hash)

    def set_second_factor(self, id: str, sealed_secret: str) -> None:
        self._change(id, sealed_secret=sealed_secret)

    def use_step(self, id: str, step: int) -> bool:
        return bool(self._change(id, agents.c.last_step < step, last_step=step))

    def set_role(self, id: str, role: Role) -> None:
        self._change(id, role=role.value)

    def set_disabled(self, id: str, is_disabled: bool) -> None:
        self._change(id, is_disabled=is_disabled)

    def _found(self, wanted: Any) -> Credentials | None:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            row = connection.execute(select(agents).where(wanted)).mappings().first()
        return Credentials(_agent(row), row["password_hash"], row["sealed_secret"], row["last_step"]) if row else None

    def _change(self, id: str, *conditions: Any, **values: object) -> int:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            changed: int = connection.execute(
                update(agents).where(agents.c.id == id, *conditions).values(values)
            ).rowcount
            return changed


def _agent(row: RowMapping) -> Agent:
    return Agent(row["id"], row["email"], row["name"], Role(row["role"]), row["is_disabled"])
