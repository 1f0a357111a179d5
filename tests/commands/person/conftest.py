"""The planted desk, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import Settings
from tests.commands.person.planted_desk import planted_desk
from tests.databases import BACKENDS, empty_database


@pytest.fixture(params=BACKENDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A desk with two persons in every place there is; the claims lie elsewhere, as they are somebody else's."""
    var = tmp_path / "var"
    var.mkdir()
    with empty_database(request.param, var) as url:
        tracker_url = url if request.param == "postgresql" else f"sqlite:///{var / 'tracker.db'}"
        yield planted_desk(url, tracker_url, f"sqlite:///{tmp_path / 'claims.db'}", var)
