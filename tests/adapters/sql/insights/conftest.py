"""The counted desk, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from tests.adapters.sql.insights.counted_desk import Desk


@pytest.fixture
def desk(desk_engine: Engine) -> Iterator[Desk]:
    yield Desk(desk_engine)
