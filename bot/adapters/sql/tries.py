"""The tries of proposals in the desk database; that at most one runs is kept by the table itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.gap_tables import proposal_tries, proposals
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.agents import Agent
from bot.core.tries import Try, TryResult, TryState

SILENT = "its process has ended without a word; the desk's log may say why. Try it again."
_table = proposal_tries.c
_RUNS = _table.state == TryState.RUNNING.value
_QUEUED = _table.state == TryState.QUEUED.value


class SqlTries:
    """The ``Tries`` port over SQL. Promotions of one database take turns, but each starts its own proposals only."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def ask(self, proposal: int, by: Agent, at: datetime) -> int:
        waiting = select(_table.id).where(_table.proposal == proposal, _QUEUED | _RUNS)
        asked = insert(proposal_tries).values(
            proposal=proposal,
            state=TryState.QUEUED.value,
            progress="",
            agent_id=by.id,
            agent_name=by.name,
            asked_at=at,
            problem="",
        )
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            known: int | None = connection.execute(waiting).scalars().first()
            return known if known is not None else int(connection.execute(asked).inserted_primary_key[0])

    def find(self, id: int) -> Try | None:
        return self._first(select(proposal_tries).where(_table.id == id))

    def newest(self, numbers: Collection[int]) -> Mapping[int, Try]:
        last = select(func.max(_table.id)).where(_table.proposal.in_(numbers)).group_by(_table.proposal)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            rows = connection.execute(select(proposal_tries).where(_table.id.in_(last))).mappings()
            return {row["proposal"]: _try(row) for row in rows}

    def next_queued(self) -> Try | None:
        nobody_runs = ~select(_table.id).where(_RUNS).exists()
        waiting = proposal_tries.alias()
        own = select(waiting).join(proposals).where(proposals.c.promotion == self._promotion)
        return self._first(
            own.where(waiting.c.state == TryState.QUEUED.value, nobody_runs).order_by(waiting.c.id).limit(1)
        )

    def begin(self, id: int, at: datetime) -> bool:
        taken = {"state": TryState.RUNNING.value, "running": 1, "began_at": at, "heard_of_at": at}
        with told_as_unavailable("desk"):
            try:
                return self._change(id, _QUEUED, taken)
            except IntegrityError:
                return False  # another one runs

    def note(self, id: int, progress: str, at: datetime) -> bool:
        with told_as_unavailable("desk"):
            return self._change(id, _RUNS, {"progress": progress, "heard_of_at": at})

    def finish(self, id: int, result: TryResult, at: datetime) -> None:
        with told_as_unavailable("desk"):
            self._change(id, _RUNS, _over(TryState.DONE, at) | {"result": result.as_dict()})

    def fail(self, id: int, problem: str, at: datetime) -> None:
        with told_as_unavailable("desk"):
            self._change(id, _QUEUED | _RUNS, _over(TryState.FAILED, at) | {"problem": problem})

    def give_up_silent(self, since_before: datetime, at: datetime) -> int:
        silent = update(proposal_tries).where(_RUNS, _table.heard_of_at < since_before)
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            given_up: int = connection.execute(silent.values(_over(TryState.FAILED, at) | {"problem": SILENT})).rowcount
            return given_up

    def _first(self, wanted: Any) -> Try | None:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        return _try(row) if row else None

    def _change(self, id: int, condition: Any, values: dict[str, Any]) -> bool:
        with self._engine.begin() as connection:
            change = update(proposal_tries).where(_table.id == id, condition).values(values)
            return bool(connection.execute(change).rowcount)


def _over(state: TryState, at: datetime) -> dict[str, Any]:
    return {"state": state.value, "running": None, "ended_at": at, "progress": ""}


def _try(row: RowMapping) -> Try:
    return Try(
        id=row["id"],
        proposal=row["proposal"],
        state=TryState(row["state"]),
        progress=row["progress"],
        asked_by=row["agent_name"],
        asked_at=row["asked_at"],
        began_at=row["began_at"],
        ended_at=row["ended_at"],
        problem=row["problem"],
        result=TryResult.from_dict(row["result"]) if row["result"] else None,
    )
