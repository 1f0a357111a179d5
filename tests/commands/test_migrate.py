"""``promodesk migrate``, also by two at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.adapters.sql.engines import make_engine
from bot.config import ROOT
from tests.databases import BACKENDS, empty_database
from tests.processes.running_desk import environment_of


@pytest.mark.parametrize("backend", BACKENDS)
def test_two_that_migrate_at_once_both_succeed(backend: str, tmp_path: Path) -> None:
    with empty_database(backend, tmp_path) as url:
        settings = {"PROMODESK_DATABASE_URL": url, "PROMODESK_CLAIMS_URL": url}
        command = [sys.executable, "-m", "bot", "migrate"]
        both = [subprocess.Popen(command, cwd=ROOT, env=environment_of(settings)) for _ in range(2)]

        assert [process.wait(60) for process in both] == [0, 0]

        engine = make_engine(url)
        assert {"tickets", "claims"} <= set(inspect(engine).get_table_names())
        engine.dispose()
