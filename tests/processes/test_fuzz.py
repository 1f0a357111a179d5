"""Whatever is sent to the running desk: nothing fails, nobody is met by silence, nothing leaks. A few hundred requests here.

``PROMODESK_FUZZ=20000`` sends more, and so does ``python -m benchmarks.fuzz``, which prints a table (``docs/security.md``).
"""

from __future__ import annotations

import os

import pytest

from benchmarks.fuzz.attack import attack
from benchmarks.fuzz.targets import target_of
from bot.config import read_settings
from tests.processes.running_desk import RunningDesk

REQUESTS = int(os.environ.get("PROMODESK_FUZZ", "400"))


@pytest.mark.timeout(60 + REQUESTS)
def test_whatever_is_sent_nothing_fails_or_leaks_and_nobody_is_met_by_silence(desk: RunningDesk) -> None:
    with target_of(read_settings(desk.settings)) as target:
        tally = attack(target, REQUESTS, number=2023)

    assert tally.failures == []
    assert tally.sent >= REQUESTS
    assert len(tally.statuses) > 10 and tally.statuses["message"][200] > REQUESTS / 10
    assert "Traceback" not in "".join(desk.logs.values())
