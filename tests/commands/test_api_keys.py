"""``promodesk key`` on a real database."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands import api_keys
from bot.config import Settings, read_settings
from bot.services.manage_api_keys import check_key
from bot.services.ports import InvalidInput


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"PROMODESK_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}"})


def created(settings: Settings, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    api_keys.create(settings, name)
    return capsys.readouterr().out.strip().splitlines()[-1]


def listed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    api_keys.list_all(settings)
    return capsys.readouterr().out


def test_a_key_is_shown_once_listed_without_itself_and_revoked(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no keys yet" in listed(settings, capsys)
    key = created(settings, "our help desk", capsys)
    assert key.startswith("pdk_")
    desk = api_keys._desk(settings)
    known = check_key(desk, key)
    assert known is not None
    shown = listed(settings, capsys)
    assert "our help desk" in shown and known.id in shown and str(desk.clock.today()) in shown
    assert key not in shown and key[4:20] not in shown
    api_keys.revoke(settings, known.id)
    assert check_key(desk, key) is None
    assert "revoked on" in listed(settings, capsys)


def test_mistakes_are_said_with_what_to_do(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    created(settings, "shop", capsys)
    with pytest.raises(InvalidInput, match="already"):
        api_keys.create(settings, "  shop ")
    with pytest.raises(InvalidInput, match="needs a name"):
        api_keys.create(settings, " \n")
    with pytest.raises(InvalidInput, match="needs a name"):
        api_keys.create(settings, "x" * 101)
    with pytest.raises(InvalidInput, match="promodesk key list"):
        api_keys.revoke(settings, "pdk_something")


def test_a_name_is_free_again_once_its_key_is_revoked(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    created(settings, "shop", capsys)
    (known,) = api_keys._desk(settings).keys.all()
    api_keys.revoke(settings, known.id)
    assert created(settings, "shop", capsys).startswith("pdk_")


def test_the_command_line_does_the_same(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMODESK_DATABASE_URL", settings.database_url)
    made = CliRunner().invoke(app, ["key", "create", "a shop"])
    assert made.exit_code == 0 and made.output.strip().splitlines()[-1].startswith("pdk_")
    assert "a shop" in CliRunner().invoke(app, ["key", "list"]).output
    assert CliRunner().invoke(app, ["key", "revoke", "nothing"]).exit_code == 1
