"""``promodesk person erase`` over a whole desk on disk: databases, Rasa's store, files and logs."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import insert, select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.engines import make_engine
from bot.commands import person
from bot.config import Settings
from bot.core.email_addresses import comparable_email
from bot.services.ports import Unavailable
from tests.commands.person.planted_desk import found, opened
from tests.planted_persons import ANNA, AT, BO, everything_in


def erase(settings: Settings, email: str = ANNA.email, *, dry_run: bool = False, yes: bool = True) -> tuple[int, str]:
    console = Console(soft_wrap=True, record=True, width=200, file=open("/dev/null", "w"))  # noqa: SIM115
    code = person.erase(settings, email, dry_run=dry_run, yes=yes, console=console)
    return code, console.export_text()


def test_nothing_of_an_erased_person_is_found_in_any_table_or_file(settings: Settings) -> None:
    everywhere, of_bo = found(ANNA, settings), found(BO, settings)
    assert {"tracker: events", "desk: tickets", "outbox.log", *ANNA.files} <= set(everywhere)

    code, told = erase(settings)

    assert code == 0
    assert found(ANNA, settings) == []
    assert found(BO, settings) == of_bo
    assert ANNA.reference in told and "Its owner has to erase there" in told
    assert BO.reference not in told


def test_a_dry_run_shows_the_same_counts_and_touches_nothing(settings: Settings) -> None:
    before = everything(settings)

    code, told = erase(settings, dry_run=True)

    assert code == 0 and everything(settings) == before
    _, done = erase(settings)
    assert "to erase" in told and "audit" in told
    assert numbers(told) == numbers(done)


def numbers(told: str) -> list[str]:
    return re.findall(r"\d+", told)


def everything(settings: Settings) -> tuple[list[tuple[str, str]], list[tuple[str, str]], dict[str, bytes]]:
    """All rows, and the bytes of all files that are no databases."""
    with opened(settings.database_url) as desk, opened(settings.tracker_url) as tracker:
        rows = list(everything_in(desk)), list(everything_in(tracker))
    files = [path for folder in (settings.uploads, settings.logs) for path in folder.rglob("*") if path.is_file()]
    return *rows, {path.name: path.read_bytes() for path in files}


def test_what_is_away_is_told_and_the_next_run_finishes_it(settings: Settings) -> None:
    away = replace(settings, tracker_url="postgresql://nobody@127.0.0.1:1/nothing")
    code, told = erase(away)
    assert code == 1 and "tracker database" in told and "Run the same command again" in told
    assert "tracker: events" in found(ANNA, settings)

    code, told = erase(settings)

    assert code == 0 and "Nothing is kept about" in told
    assert found(ANNA, settings) == []


def test_without_the_claims_database_nothing_is_erased(settings: Settings) -> None:
    before = found(ANNA, settings)
    with pytest.raises(Unavailable, match="claims database"):
        erase(replace(settings, claims_url="postgresql://nobody@127.0.0.1:1/nothing"))
    assert found(ANNA, settings) == before


def test_the_claims_are_only_read(settings: Settings) -> None:
    file = Path(make_engine(settings.claims_url).url.database)
    with sqlite3.connect(file) as connection:
        before = list(connection.iterdump())
    erase(settings)
    with sqlite3.connect(file) as connection:
        assert list(connection.iterdump()) == before


def test_a_file_that_cannot_be_removed_is_told_and_goes_with_the_next_run(settings: Settings) -> None:
    sent, _ = ANNA.files
    stuck = settings.uploads / sent[:2] / sent
    stuck.unlink()
    stuck.mkdir()  # a folder is no file, and stays

    code, told = erase(settings)
    assert code == 1 and "1 of the files could not be removed" in told

    shutil.rmtree(stuck)
    assert erase(settings)[0] == 0


def test_who_exported_and_who_erased_is_noted_without_the_erased_name(settings: Settings, tmp_path: Path) -> None:
    person.export(settings, ANNA.email, tmp_path / "anna.json")
    erase(settings)

    with opened(settings.database_url) as engine, engine.connect() as connection:
        *_, exported, erased = connection.execute(select(audit).order_by(audit.c.position)).mappings()
    assert (exported["action"], erased["action"]) == ("person_exported", "person_erased")
    assert exported["subject"] == erased["subject"] and "‹erased" in erased["subject"]
    assert "at the command line" in erased["agent_name"]


def test_the_address_in_the_words_of_others_is_told(settings: Settings) -> None:
    with opened(settings.database_url) as engine, engine.begin() as connection:
        entry = {"at": AT, "agent_id": "a", "agent_name": comparable_email(BO.email), "action": "x", "why": ""}
        connection.execute(insert(audit).values(**entry, subject="T-2023-000077"))

    _, told = erase(settings, BO.email)

    assert "records of others" in told and "audit " in told


def test_the_command_line_asks_before_it_erases(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("database_url", "tracker_url", "claims_url", "uploads", "logs", "secret"):
        setting = f"PROMODESK_{name.upper()}"
        monkeypatch.setenv(setting, str(getattr(settings, name)))
    run = CliRunner().invoke

    before = everything(settings)
    for answer in ("n\n", "\n", ""):
        assert run(app, ["person", "erase", ANNA.email], input=answer).exit_code == 1
    assert run(app, ["person", "erase", ANNA.email, "--dry-run"]).exit_code == 0
    assert everything(settings) == before
    assert run(app, ["person", "erase", "anna"]).exit_code == 1
    assert run(app, ["person", "export", ANNA.email]).exit_code == 0
    assert run(app, ["person", "erase", ANNA.email], input="y\n").exit_code == 0
    assert found(ANNA, settings) == []
    again = run(app, ["person", "erase", ANNA.email], input="y\n")
    assert again.exit_code == 0 and "Nothing is kept" in again.output
