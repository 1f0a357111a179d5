"""The worker as it runs: a process of its own, with a database, a folder of files and a mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.file_inspector import ProcessInspector
from bot.adapters.file_store import FolderStore
from bot.adapters.sql.tickets import SqlTickets
from bot.bootstrap import post
from bot.commands.outbox import sweep
from bot.config import ROOT, read_settings
from bot.services.keep_uploads import UploadDesk
from tests.databases import migrated_database
from tests.fakes import FakeUploads
from tests.lamp_tickets import TICKET, mails
from tests.mail_server import MailServer
from tests.planted_persons import ANNA, Planted, everything_in
from tests.planted_rows import plant

PATIENCE_SECONDS = 60.0
PROPOSED = {"proposals", "proposal_tries"}
"""A phrase that somebody proposes is content, and stays until the person is erased."""
LONG_AGO = (1_600_000_000, 1_600_000_000)


@pytest.mark.parametrize("name", [".gitkeep", "Thumbs.db", "notes of a colleague.txt"])
def test_a_foreign_file_among_the_uploads_keeps_no_mail_from_going_out(tmp_path: Path, name: str) -> None:
    foreign = tmp_path / "uploads" / name
    foreign.parent.mkdir()
    foreign.write_text("not the desk's")
    os.utime(foreign, LONG_AGO)

    assert delivered(tmp_path) == 2
    assert foreign.read_text() == "not the desk's"


def test_what_was_kept_long_enough_is_deleted_beside_the_mails(tmp_path: Path) -> None:
    with migrated_database("sqlite", tmp_path, "desk") as engine, MailServer() as server:
        plant(engine, ANNA)
        SqlTickets(engine).open(TICKET, "form", mails)
        with worker(tmp_path, str(engine.url), server.url) as running:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while found_in(engine, ANNA) != PROPOSED and running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            assert found_in(engine, ANNA) == PROPOSED
        assert len(server.mails) == 2


def found_in(engine: Engine, who: Planted) -> set[str]:
    """The tables that hold something of a person."""
    return {table for table, row in everything_in(engine) if who.is_in(row)}


class BrokenStore(FolderStore):
    def older_than(self, moment: datetime) -> list[str]:
        raise PermissionError("a disk that cannot be read")


def test_a_sweep_that_fails_is_logged_and_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = UploadDesk(FakeUploads(), BrokenStore(tmp_path), ProcessInspector())
    outbox = replace(post(read_settings({})), files=files)

    sweep(outbox)

    assert "could not be swept up" in caplog.text


def delivered(folder: Path) -> int:
    """How many of a ticket's two mails a worker delivers."""
    with migrated_database("sqlite", folder, "desk") as engine, MailServer() as server:
        SqlTickets(engine).open(TICKET, "form", mails)
        with worker(folder, str(engine.url), server.url) as running:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while len(server.mails) < 2 and running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
        return len(server.mails)


@contextmanager
def worker(folder: Path, database_url: str, smtp_url: str) -> Iterator[subprocess.Popen[bytes]]:
    settings = {
        "PROMODESK_DATABASE_URL": database_url,
        "PROMODESK_SMTP_URL": smtp_url,
        "PROMODESK_UPLOADS": str(folder / "uploads"),
        "PROMODESK_TRACKER_URL": f"sqlite:///{folder / 'tracker.db'}",
        "PROMODESK_LOGS": str(folder / "logs"),
    }
    running = subprocess.Popen([sys.executable, "-m", "bot", "outbox"], cwd=ROOT, env={**os.environ, **settings})
    try:
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(PATIENCE_SECONDS)
