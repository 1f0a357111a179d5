"""API keys on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Engine

from bot.adapters.sql.api_keys import SqlApiKeys
from bot.adapters.sql.api_tables import api_keys
from bot.adapters.sql.engines import make_engine
from bot.core.api_keys import ApiKey, new_key
from bot.services.ports import Unavailable

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
ONE = ApiKey("k1", "the help desk", NOW)
OTHER = ApiKey("k2", "the shop's robot", NOW + timedelta(hours=1))


@pytest.fixture
def keys(desk_engine: Engine) -> SqlApiKeys:
    return SqlApiKeys(desk_engine, "a secret")


def test_a_key_is_found_by_itself_only(keys: SqlApiKeys) -> None:
    one, other = new_key(), new_key()
    keys.add(one, ONE)
    keys.add(other, OTHER)
    assert (keys.find(one), keys.find(other)) == (ONE, OTHER)
    assert keys.find(new_key()) is None
    assert keys.find(one[:-1]) is None
    assert keys.all() == [ONE, OTHER]


def test_nothing_that_is_kept_is_the_key_or_of_use_with_another_secret(keys: SqlApiKeys, desk_engine: Engine) -> None:
    key = new_key()
    keys.add(key, ONE)
    with desk_engine.connect() as connection:
        (row,) = connection.execute(select(api_keys)).mappings()
    assert not any(key in str(value) or key[4:] in str(value) for value in row.values())
    assert SqlApiKeys(desk_engine, "another secret").find(key) is None


def test_the_last_use_is_a_day(keys: SqlApiKeys) -> None:
    key = new_key()
    keys.add(key, ONE)
    keys.add(new_key(), OTHER)
    keys.use("k1", date(2026, 3, 4))
    assert keys.all() == [replace(ONE, last_used_on=date(2026, 3, 4)), OTHER]


def test_a_key_is_revoked_once_and_stays_known(keys: SqlApiKeys) -> None:
    key = new_key()
    keys.add(key, ONE)
    keys.add(new_key(), OTHER)
    assert keys.revoke("k1", NOW)
    assert not keys.revoke("k1", NOW + timedelta(days=1))
    assert not keys.revoke("nobody's", NOW)
    assert keys.find(key) == replace(ONE, revoked_at=NOW)
    assert keys.all()[1] == OTHER


def test_an_outage_is_told(desk_engine: Engine) -> None:
    with desk_engine.begin() as connection:
        connection.execute(text("DROP TABLE api_keys"))
    keys = SqlApiKeys(desk_engine, "a secret")
    for act in (keys.all, lambda: keys.find("x"), lambda: keys.revoke("x", NOW), lambda: keys.add("x", ONE)):
        with pytest.raises(Unavailable):
            act()


def test_a_database_that_is_away_is_told() -> None:
    with pytest.raises(Unavailable):
        SqlApiKeys(make_engine("postgresql://127.0.0.1:1/none"), "s").all()
