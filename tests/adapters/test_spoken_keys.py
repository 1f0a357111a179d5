"""The code itself tells which values fill a sentence."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.spoken_keys import read_spoken_keys


def test_the_names_given_to_a_sentence_are_read_from_the_code(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "wording.say('a', x=1, y=2)\n"
        "self.wording.say('b' if many else 'c', z=3)\n"
        "wording.say('a', x=1)\n"
        "wording.say(f'd_{kind}', w=4)\n",
        encoding="utf-8",
    )
    spoken = read_spoken_keys(tmp_path)
    assert spoken.allowed("a") == {"x"}, "every call must fill what the sentence asks for"
    assert spoken.allowed("b") == spoken.allowed("c") == {"z"}
    assert spoken.allowed("d_any") == {"w", "x", "y", "z"}


def test_values_that_cannot_be_read_allow_everything(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("wording.say('a', **values)\nwording.say('b', x=1)\n", encoding="utf-8")
    spoken = read_spoken_keys(tmp_path)
    assert spoken.allowed("a") is None
    assert spoken.allowed("b") == {"x"}
    assert spoken.allowed("elsewhere") is None
