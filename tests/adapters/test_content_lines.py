"""Phrases and entries become new lines of content files; every other line stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content_lines import (
    NEW_NLU_FILE,
    intents_in,
    with_block,
    with_entry,
    with_phrases,
    with_phrases_under,
)
from bot.adapters.faq_files import read_faq_files
from bot.adapters.nlu_files import read_examples
from bot.config import ROOT
from bot.core.faq import FaqEntry
from bot.core.proposals import clean_phrase

NLU = """version: "3.1"
nlu:
# about opening
- intent: hours
  examples: |
    - when do you open
    - opening times?

# about joining
- intent: join
  examples: |
    - how do I join
- intent: hours
  examples: |
    - until when
"""
ENTRY = FaqEntry("gift_cards", "Payment", "Can I get a gift card?", "No.\n\nWe pay by bank transfer: to your account.")


def added(before: str, after: str) -> list[str]:
    """The lines that are new; fails if one that was there is changed, moved or gone."""
    old, new = before.splitlines(), iter(after.splitlines())
    found = []
    for line in old:
        for candidate in new:
            if candidate == line:
                break
            found.append(candidate)
        else:
            pytest.fail(f"{line!r} is gone")
    return [*found, *new]


def test_phrases_go_to_the_end_of_the_last_block_of_their_intent() -> None:
    after = with_phrases(NLU, "hours", ["are you open on Sunday", "“late”: how late?"])

    assert after == NLU + "    - are you open on Sunday\n    - “late”: how late?\n"


def test_a_block_in_the_middle_keeps_the_empty_line_behind_it() -> None:
    before = NLU.replace("- intent: hours\n  examples: |\n    - until when\n", "")
    after = with_phrases(before, "hours", ["open?"])

    assert after is not None
    assert after.splitlines()[7:9] == ["    - open?", ""]
    assert added(before, after) == ["    - open?"]


def test_an_intent_without_phrases_is_told_and_gets_a_block_of_its_own() -> None:
    assert with_phrases(NLU, "fees", ["what does it cost"]) is None
    assert added(NLU, with_block(NLU, "fees", ["what does it cost"])) == [
        "- intent: fees", "  examples: |", "    - what does it cost",
    ]  # fmt: skip
    assert with_block(NEW_NLU_FILE, "fees", ["cost?"]) == (
        'version: "3.1"\nnlu:\n- intent: fees\n  examples: |\n    - cost?\n'
    )


def test_what_customers_asked_stands_below_a_comment_of_its_own_once() -> None:
    first = with_phrases_under(NLU, "# asked by customers", "hours", ["the weather?"])
    second = with_phrases_under(first, "# asked by customers", "hours", ["a joke"])

    assert added(NLU, second) == [
        "# asked by customers", "- intent: hours", "  examples: |", "    - the weather?", "    - a joke",
    ]  # fmt: skip


def test_a_file_without_an_end_of_line_and_one_of_another_system_keep_their_ways() -> None:
    bare = with_phrases(NLU.rstrip("\n"), "hours", ["x y"])
    windows = with_phrases(NLU.replace("\n", "\r\n"), "hours", ["x y"])

    assert bare == NLU + "    - x y\n"
    assert windows == NLU.replace("\n", "\r\n") + "    - x y\r\n"


def test_a_list_that_is_indented_stays_indented() -> None:
    indented = "nlu:\n  - intent: hours\n    examples: |\n      - when\n"

    assert with_phrases(indented, "hours", ["until when"]) == indented + "      - until when\n"
    assert with_block(indented, "join", ["join?"]).endswith("  - intent: join\n    examples: |\n      - join?\n")


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "nlu").rglob("*.yml")), ids=lambda path: path.stem)
def test_every_file_of_the_repository_can_be_added_to_and_is_read_back(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    copy = tmp_path / path.name
    for intent in dict.fromkeys(intents_in(text)):
        after = with_phrases(text, intent, ["a phrase nobody has written"])
        assert after is not None
        copy.write_text(after, "utf-8")
        assert added(text, after) == ["    - a phrase nobody has written"]
        before = sorted((one.intent, one.text) for one in read_examples(path))
        new = (intent, "a phrase nobody has written")
        assert sorted((one.intent, one.text) for one in read_examples(copy)) == sorted([*before, new])


@given(st.text(max_size=80))
def test_whatever_phrase_is_cleaned_and_added_is_read_back_word_for_word(text: str) -> None:
    import tempfile

    phrase = clean_phrase(text)
    if not phrase or any(sign in phrase for sign in "[]{}"):
        return
    after = with_phrases(NLU, "join", [phrase])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "nlu.yml"
        file.write_text(after or "", "utf-8", newline="")
        assert [one.text for one in read_examples(file) if one.intent == "join"][-1] == phrase


@pytest.mark.parametrize("name", ["claiming", "dates", "invoice", "payment", "products", "purchase"])
def test_an_entry_goes_to_the_end_of_its_section_and_is_read_back_word_for_word(name: str, tmp_path: Path) -> None:
    before = (ROOT / "faq" / f"{name}.yml").read_text("utf-8")
    (tmp_path / f"{name}.yml").write_text(with_entry(before, ENTRY), "utf-8")

    assert added(before, with_entry(before, ENTRY))[0] == ""
    *others, last = read_faq_files(tmp_path).sections[0].entries
    assert (last.id, last.question, last.answer) == (ENTRY.id, ENTRY.question, ENTRY.answer)
    assert len(others) == before.count("  - id: ")


def test_an_entry_fits_a_file_whose_list_has_other_keys_and_remarks_behind_it(tmp_path: Path) -> None:
    before = "entries:\n- id: a\n  question: A?\n  mark: A\n  answer: |-\n    Yes.\n\n# the place on the page\nsection: Dates\norder: 3\n"
    (tmp_path / "dates.yml").write_text(with_entry(before, ENTRY), "utf-8")

    assert [entry.id for entry in read_faq_files(tmp_path).sections[0].entries] == ["a", "gift_cards"]
    assert added(before, with_entry(before, ENTRY))
