"""The keys of the API in the desk database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine, RowMapping

from bot.adapters.sql.api_tables import api_keys
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.api_keys import ApiKey
from bot.core.keys import derive_key, sign


class SqlApiKeys:
    """The ``ApiKeys`` port over SQL; a copy of the database lets nobody use the API."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._key = derive_key(secret, "api key")

    def add(self, key: str, known: ApiKey) -> None:
        row = {name: getattr(known, name) for name in ApiKey.__dataclass_fields__}
        self._change(insert(api_keys).values(key_hash=sign(self._key, key), **row))

    def all(self) -> Sequence[ApiKey]:
        return self._read(select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id))

    def find(self, key: str) -> ApiKey | None:
        found = self._read(select(api_keys).where(api_keys.c.key_hash == sign(self._key, key)))
        return found[0] if found else None

    def use(self, id: str, on: date) -> None:
        self._change(update(api_keys).where(api_keys.c.id == id).values(last_used_on=on))

    def revoke(self, id: str, at: datetime) -> bool:
        in_use = (api_keys.c.id == id) & api_keys.c.revoked_at.is_(None)
        return bool(self._change(update(api_keys).where(in_use).values(revoked_at=at)))

    def _read(self, wanted: Any) -> list[ApiKey]:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [_api_key(row) for row in connection.execute(wanted).mappings()]

    def _change(self, statement: Any) -> int:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            return int(connection.execute(statement).rowcount)


def _api_key(row: RowMapping) -> ApiKey:
    return ApiKey(**{name: row[name] for name in ApiKey.__dataclass_fields__})
