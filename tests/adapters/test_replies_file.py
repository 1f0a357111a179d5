"""The desk's sentences are read from several files as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.replies_file import read_sentences, read_wording
from bot.services.content_errors import ContentError
from tests.contents import ROOT


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_sentences_of_all_files_can_be_said(tmp_path: Path) -> None:
    wording = read_wording(put(tmp_path, one="hello: Hello {name}!\n", two="bye: |-\n  Goodbye.\n  Until soon.\n"))
    assert wording.say("hello", name="Ada") == "Hello Ada!"
    assert wording.say("bye") == "Goodbye.\nUntil soon."


def test_the_sentences_of_the_repository_can_be_read() -> None:
    assert read_wording(ROOT / "faq" / "replies").keys()


def test_a_sentence_knows_its_placeholders_and_place(tmp_path: Path) -> None:
    (sentence,) = read_sentences(put(tmp_path, one="# first\nhello: Hello {name}, it is {day}.\n"))
    assert sentence.placeholders == {"name", "day"}
    assert sentence.place.line == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: one\na: two\n", "one.yml:2: a: the key 'a' stands twice"),
        ("a: Hello {0}\n", "one.yml:1: a: the placeholder {0} is not a simple name"),
        ("a: Hello {}\n", "one.yml:1: a: the placeholder {} is not a simple name"),
        ("a: Hello {x.y}\n", "is not a simple name"),
        ("a: Hello {x[0]}\n", "is not a simple name"),
        ("a: Hello {x!r}\n", "is not a simple name"),
        ("a: Hello {x:>9}\n", "is not a simple name"),
        ("a: Hello {x\n", "a curly bracket stands alone"),
        ("a: Hello {{x}}\n", "double curly brackets"),
        ("a: Hello # world\n", "would be lost"),
        ("a:\n", "a is empty"),
        ("a: 12\n", "a is '12' and not a text"),
        ("a: {b: c}\n", "a is keys with values and not a text"),
        ("A b: c\n", "the key 'A b' is not allowed"),
        ("- a\n", "does not hold keys with values"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_wording(put(tmp_path, one=text))
    assert said in str(caught.value)


def test_one_key_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"two.yml:1: a: the key is already used at .*one.yml:1"):
        read_wording(put(tmp_path, one="a: one\n", two="a: two\n"))
