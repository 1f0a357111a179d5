"""A desk where customers look claims up."""

from __future__ import annotations

import pytest

from tests.services.find_claim.look_ups import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()
