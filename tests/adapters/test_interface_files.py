"""The chat's words have the same keys in every language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.adapters.interface_files import read_interfaces
from bot.services.content_errors import ContentError

FOLDER = Path(__file__).parents[2] / "faq" / "interface"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "faq" / "interface"))


def complaints(folder: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read_interfaces(folder)
    return str(caught.value)


def change(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_four_languages_have_the_same_keys_and_english_comes_first() -> None:
    interfaces = read_interfaces(FOLDER)

    assert list(interfaces) == ["en", "da", "nb", "sv"]
    assert len({frozenset(one.strings) for one in interfaces.values()}) == 1
    assert [one.name for one in interfaces.values()] == ["English", "Dansk", "Norsk", "Svenska"]


def test_a_missing_key_is_told_with_its_english_words(folder: Path) -> None:
    change(folder, "da.yml", 'send: "Send"', "")

    told = complaints(folder)
    assert "faq/interface/da.yml" in told and "'send'" in told and "'Send'" in told


def test_an_unknown_key_is_told_with_its_line(folder: Path) -> None:
    change(folder, "sv.yml", "  send:", '  sned: "x"\n  send:')

    assert "the key 'sned' is unknown" in complaints(folder)


def test_a_placeholder_that_got_lost_is_told(folder: Path) -> None:
    change(folder, "nb.yml", "{count} tegn", "Noen tegn")

    told = complaints(folder)
    assert "characters_left" in told and "use {count}" in told


def test_another_direction_than_the_two_is_told(folder: Path) -> None:
    change(folder, "da.yml", "direction: ltr", "direction: up")

    assert "write ltr or rtl" in complaints(folder)


def test_a_lonely_bracket_is_told(folder: Path) -> None:
    change(folder, "en.yml", 'send: "Send"', 'send: "Send {"')

    assert "a curly bracket stands alone" in complaints(folder)


def test_all_mistakes_of_all_files_are_told_at_once(folder: Path) -> None:
    change(folder, "da.yml", 'send: "Send"', "")
    change(folder, "sv.yml", 'send: "Skicka"', "")

    assert complaints(folder).count("the words for 'send' are missing") == 2


def test_without_english_nothing_can_be_compared(folder: Path) -> None:
    (folder / "en.yml").unlink()

    assert "en.yml" in complaints(folder)
