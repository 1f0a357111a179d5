"""The database and the clocks of a zone agree on the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.local_days import local_day, offset_changes
from bot.core.periods import Period

ZONES = (
    "CET", "Europe/Copenhagen", "Atlantic/Canary", "UTC", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York",
    "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns",
)  # fmt: skip
PERIODS = (
    Period(date(2023, 3, 20), date(2023, 4, 10)),
    Period(date(2023, 9, 20), date(2023, 11, 12)),
    Period(date(2022, 1, 1), date(2023, 12, 31)),
    Period(date(2011, 12, 25), date(2012, 1, 2)),  # Samoa went without the 30 December
)
moments = Table("moments", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


def some_of(period: Period, zone: ZoneInfo) -> list[datetime]:
    """Every few hours, and the seconds around every midnight and every change of clocks."""
    since, until = period.since(zone), period.until(zone)
    spread = [since + timedelta(minutes=97 * place) for place in range(int((until - since) / timedelta(minutes=97)))]
    edges = [change for change, _, _ in offset_changes(period, zone)]
    edges += [Period(day, day).since(zone) for day in (period.first + timedelta(n) for n in range(period.days))]
    around = [edge + timedelta(seconds=by) for edge in edges for by in (-1, 0, 1)]
    return [moment for moment in spread + around if since <= moment < until]


@pytest.mark.parametrize("name", ZONES)
def test_the_database_says_the_same_day_as_the_clocks_of_the_zone(desk_engine: Engine, name: str) -> None:
    zone = ZoneInfo(name)
    moments.create(desk_engine)
    for period in PERIODS:
        expected = some_of(period, zone)
        day = local_day(moments.c.at, period, zone, desk_engine.dialect.name)
        with desk_engine.begin() as connection:
            connection.execute(moments.delete())
            connection.execute(insert(moments), [{"at": moment} for moment in expected])
            found = connection.execute(select(moments.c.at, day.label("day"))).all()
        assert len(found) == len(expected)
        wrong = [(at, told) for at, told in found if at.astimezone(zone).date().isoformat() != told]
        assert wrong == []


def test_clocks_change_at_the_second_they_are_changed() -> None:
    year = Period(date(2023, 1, 1), date(2023, 12, 31))
    changes = [moment for moment, _, _ in offset_changes(year, ZoneInfo("Europe/Copenhagen"))]
    assert changes == [
        datetime(2023, 3, 26, 1, tzinfo=timezone.utc),
        datetime(2023, 10, 29, 1, tzinfo=timezone.utc),
    ]
