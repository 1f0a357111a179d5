"""``promodesk person`` over a whole desk on disk: databases, Rasa's store, files and logs."""

from __future__ import annotations

import base64
import json
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import insert, select
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from bot.__main__ import app
from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.migrate import migrate
from bot.commands import person
from bot.config import Settings, read_settings
from bot.core.email_addresses import comparable_email
from bot.services.ports import InvalidInput, Unavailable
from tests.claims import SUBMITTED
from tests.databases import BACKENDS, empty_database
from tests.planted_persons import (
    ANNA,
    AT,
    BO,
    SECRET,
    Planted,
    everything_in,
    plant,
    plant_in_tracker,
    plant_on_disk,
)


@pytest.fixture(params=BACKENDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A desk with two persons in every place there is; the claims lie elsewhere, as they are somebody else's."""
    var = tmp_path / "var"
    var.mkdir()
    with empty_database(request.param, var) as url:
        tracker_url = url if request.param == "postgresql" else f"sqlite:///{var / 'tracker.db'}"
        yield planted_desk(url, tracker_url, f"sqlite:///{tmp_path / 'claims.db'}", var)


def planted_desk(url: str, tracker_url: str, claims_url: str, var: Path) -> Settings:
    settings = read_settings(
        {
            "PROMODESK_DATABASE_URL": url,
            "PROMODESK_TRACKER_URL": tracker_url,
            "PROMODESK_CLAIMS_URL": claims_url,
            "PROMODESK_UPLOADS": str(var / "uploads"),
            "PROMODESK_LOGS": str(var / "logs"),
            "PROMODESK_SECRET": SECRET,
        }
    )
    for history in ("desk", "claims"):
        migrate(url if history == "desk" else claims_url, history)
    for who in (ANNA, BO):
        with opened(settings.database_url) as engine:
            plant(engine, who)
    with opened(settings.tracker_url) as engine:
        plant_in_tracker(engine, ANNA, BO)
    plant_on_disk(settings.uploads, settings.logs, ANNA, BO)
    with opened(settings.claims_url) as engine:
        claims = [replace(SUBMITTED, reference=who.reference, email=comparable_email(who.email)) for who in (ANNA, BO)]
        import_claims(engine, "lamps", claims)
    return settings


class opened:  # noqa: N801 - reads as a word
    """An engine that is closed afterwards."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)

    def __enter__(self) -> Engine:
        return self._engine

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()


def found(who: Planted, settings: Settings) -> list[str]:
    """Where something of a person lies: tables, and files below ``var/`` down to their bytes."""
    places = []
    for name, url in (("desk", settings.database_url), ("tracker", settings.tracker_url)):
        with opened(url) as engine:
            places += [f"{name}: {table}" for table, row in everything_in(engine) if who.is_in(row)]
    for path in settings.uploads.parent.rglob("*"):
        if path.is_file() and any(mark.encode() in path.read_bytes() for mark in who.marks):
            places.append(path.name)
    return sorted(set(places))


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


def test_an_export_is_written_with_the_files_beside_it(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "handed over" / "anna.json"
    out.parent.mkdir()

    assert person.export(settings, ANNA.email.upper(), out) == 0

    exported = json.loads(out.read_text(encoding="utf-8"))
    assert exported["person"] == comparable_email(ANNA.email)
    assert set(exported["desk"]) >= {"tickets", "messages", "outbox", "audit", "feedback"}
    assert ANNA.words in exported["desk"]["tickets"][0]["message"]
    assert exported["rasa"][0]["data"] == {"text": ANNA.words}
    assert exported["claims_in_the_claims_database"] == [ANNA.reference]
    copies = [(out.parent / file["copied_to"]).read_text(encoding="utf-8") for file in exported["files"]]
    assert copies == [ANNA.words, ANNA.words]
    assert not any(BO.is_in(path.read_text(encoding="utf-8")) for path in out.parent.rglob("*") if path.is_file())
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in out.parent.rglob("*"))


def test_an_export_without_a_file_has_all_in_itself(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (settings.uploads / ANNA.files[1][:2] / ANNA.files[1]).unlink()

    person.export(settings, ANNA.email, None)

    printed = capsys.readouterr()
    sent, lost = json.loads(printed.out)["files"]
    assert base64.b64decode(sent["base64"]).decode() == ANNA.words and lost["base64"] is None
    assert "Read it through" in printed.err and ANNA.reference in printed.err


def test_an_export_never_overwrites_a_file(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "kept.json"
    out.write_text("mine")
    with pytest.raises(InvalidInput, match="already"):
        person.export(settings, ANNA.email, out)
    with pytest.raises(InvalidInput, match="cannot be written"):
        person.export(settings, ANNA.email, out / "anna.json")
    assert out.read_text() == "mine"


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
