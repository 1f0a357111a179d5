"""Moments are kept with their zone, or not at all."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import StatementError

from bot.adapters.sql.desk_tables import lookup_attempts


def test_a_moment_without_a_zone_is_refused(desk_engine: Engine) -> None:
    moment = {"attempted_at": datetime(2023, 10, 5, 12)}
    attempt = {"conversation": "here", "reference_hash": "", "email_hash": "", "succeeded": False} | moment
    with pytest.raises(StatementError, match="no time zone"), desk_engine.begin() as connection:
        connection.execute(lookup_attempts.insert().values(attempt))
