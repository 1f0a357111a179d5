"""The records of two persons who are planted in every table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.sql.personal_records import SqlPersonalRecords
from tests.planted_persons import ANNA, BO, SECRET
from tests.planted_rows import plant


@pytest.fixture
def records(desk_engine: Engine) -> Iterator[SqlPersonalRecords]:
    plant(desk_engine, ANNA)
    plant(desk_engine, BO)
    yield SqlPersonalRecords(desk_engine, SECRET)
