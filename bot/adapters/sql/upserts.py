"""Inserting what may be there already: each database has its own word for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine


def upsert(target: Engine | Connection, table: Table) -> Any:
    """An ``insert`` that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return (postgresql if target.dialect.name == "postgresql" else sqlite).insert(table)
