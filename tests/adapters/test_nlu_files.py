"""Examples are read with their places, and malformed files refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.nlu_files import read_examples
from bot.services.content_errors import ContentError

GOOD = """\
version: "3.1"
nlu:
- intent: faq/why
  examples: |
    - Why?
    - why [so](reason) and not [that]{"entity": "reason"}

    -   for what reason
- synonym: x
  examples: |
    - y
- intent: bye
  examples: |
    - bye
"""


def test_examples_come_as_plain_text_with_their_line(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "nlu"
    folder.mkdir(parents=True)
    (folder / "some.yml").write_text(GOOD, encoding="utf-8")
    examples = read_examples(folder)
    assert [(one.intent, one.text, one.line) for one in examples] == [
        ("faq/why", "Why?", 5),
        ("faq/why", "why so and not that", 6),
        ("faq/why", "for what reason", 8),
        ("bye", "bye", 14),
    ]
    assert {one.file for one in examples} == {"data/nlu/some.yml"}
    assert read_examples(folder / "some.yml") == examples


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    - Why?", "    Why?", "some.yml:5: faq/why: 'Why?' is not an example"),
        ("    - Why?", "    -Why?", "some.yml:5: faq/why: '-Why?' is not an example"),
        ("- intent: faq/why\n", "- intnt: faq/why\n", "intent is missing"),
        ("- intent: faq/why\n", "- intent: faq why\n", "the intent's name has a space"),
        ("  examples: |\n    - bye\n", "", "some.yml:12: bye: examples is missing"),
        (
            "  examples: |\n    - bye\n",
            "  examples: bye\n",
            "some.yml:13: bye: examples is not written as a block",
        ),
        ("    - bye\n", "\n", "examples is empty"),
        ("nlu:", "nl:", "nlu is missing"),
        ("nlu:", "stories: []\nnlu:", "the key 'stories' is unknown"),
        ("nlu:", "nlu: [", "not YAML"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    (tmp_path / "some.yml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_examples(tmp_path)
    assert said in str(caught.value)
