"""``promodesk person export``: everything of a person, and nothing of others."""

from __future__ import annotations

import base64
import json
import stat
from pathlib import Path

import pytest

from bot.commands import person
from bot.config import Settings
from bot.core.email_addresses import comparable_email
from bot.services.ports import InvalidInput
from tests.planted_persons import ANNA, BO


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
