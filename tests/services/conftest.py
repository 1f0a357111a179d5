"""A claims desk and a ticket queue over real databases, for the services that agents use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.replies_file import read_wording
from bot.adapters.sql.audit import SqlAudit
from bot.adapters.sql.claim_search import SqlClaimSearch
from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.products import SqlProducts
from bot.core.agents import Agent, Role
from bot.core.wording import Wording
from bot.services.claims_desk import ClaimsDesk
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeClock
from tests.promotions import lenovo_like
from tests.tickets import Desk

REPLIES = Path(__file__).parents[2] / "faq" / "replies"


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The desk's own sentences."""
    return read_wording(REPLIES)


@pytest.fixture
def claims_database(tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "claims").mkdir()
    with migrated_database("sqlite", tmp_path / "claims", "claims") as engine:
        yield engine


@pytest.fixture
def desk_database(tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "desk").mkdir()
    with migrated_database("sqlite", tmp_path / "desk", "desk") as engine:
        yield engine


@pytest.fixture
def claims_desk(claims_database: Engine, desk_database: Engine) -> ClaimsDesk:
    promotion = lenovo_like()
    return ClaimsDesk(
        claims=SqlClaims(claims_database, promotion.key),
        search=SqlClaimSearch(claims_database, promotion.key),
        products=SqlProducts(claims_database, promotion.key),
        audit=SqlAudit(desk_database),
        promotion=promotion,
        wording=read_wording(REPLIES),
        clock=FakeClock(datetime(2023, 12, 15, 10, 0, tzinfo=promotion.time_zone)),
    )


@pytest.fixture
def agent() -> Agent:
    return Agent("a1", "bo@desk.example", "Bo", Role.AGENT)


@pytest.fixture(params=BACKENDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The queue, empty, on each database."""
    with migrated_database(request.param, tmp_path, "desk") as engine:
        yield Desk(engine, tmp_path)
