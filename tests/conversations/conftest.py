"""A desk for every conversation test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.desk import Brain, ConversationDesk
from tests.conversations.rules import no_rule_is_broken


@pytest.fixture
def desk(brain: Brain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConversationDesk:
    """Call its ``set_up`` with the day, the claims and the products; every turn is held against the general rules."""
    return ConversationDesk(brain, tmp_path, monkeypatch, no_rule_is_broken)
