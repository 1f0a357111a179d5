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
    assert spoken.names["a"] == {"x"}, "every call must fill what the sentence asks for"
    assert spoken.names["b"] == spoken.names["c"] == {"z"}
    assert spoken.unfilled("b", frozenset({"z", "w"})) == {"w"}
    assert spoken.unfilled("d_any", frozenset({"w", "x", "v"})) == {"v"}


def test_where_the_values_are_not_to_be_seen_any_name_of_a_value_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("wording.say('a', **values)\nwording.say('b', x=1)\n", encoding="utf-8")
    (tmp_path / "two.py").write_text("values = {'y': 1}\nvalues['z'] = values[f'{end}_day'] = 2\n", encoding="utf-8")
    spoken = read_spoken_keys(tmp_path)
    assert spoken.unfilled("a", frozenset({"x", "y", "z", "last_day", "day"})) == {"day"}
    assert spoken.unfilled("b", frozenset({"x", "y"})) == {"y"}


def test_a_module_that_does_not_compile_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("wording.say('a', x=1)\n", encoding="utf-8")
    (tmp_path / "two.py").write_text("def broken(:\n", encoding="utf-8")
    assert read_spoken_keys(tmp_path).names == {"a": frozenset({"x"})}
