"""A name is replaced by its hash wherever it stands."""

from __future__ import annotations

import pytest

from bot.core.erased_names import erased_name, without_names, without_sayings
from bot.core.gap_groups import key_of

KEY = "a key"
NAMES = frozenset({"anna@x.example", "T-2023-000001", "LEN-418823", "a+b (1).pdf"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{}", "anna@x.example"),
        ("seen: {}, twice", "T-2023-000001"),
        ("{} or company Berg → LEN-100200", "LEN-418823"),
        ("T-2023-0000012 {}", "a+b (1).pdf"),
        ("({}).", "anna@x.example"),
        ("T-2023-000009 {}.pdf", "LEN-418823"),
    ],
)
def test_a_name_is_replaced_by_its_hash_wherever_it_stands(text: str, name: str) -> None:
    assert without_names(text.format(name), NAMES, KEY) == text.format(erased_name(KEY, name))
    assert without_names(text.format(name.upper()), NAMES, KEY) == text.format(erased_name(KEY, name))


@pytest.mark.parametrize(
    "text",
    [
        "joanna@x.example",
        "anna@x.example.org@y",
        "1T-2023-000001",
        "T-2023-0000019",
        "LEN-4188230",
        "XLEN-418823",
        "",
        "anna",
    ],
)
def test_a_longer_name_is_another_one(text: str) -> None:
    assert without_names(text, NAMES, KEY) == text


def test_a_longer_name_of_the_same_person_is_replaced_as_a_whole() -> None:
    names = frozenset({"T-2023-000001", "T-2023-000001 invoice.pdf"})
    replaced = without_names("T-2023-000001 invoice.pdf", names, KEY)
    assert replaced == erased_name(KEY, "T-2023-000001 invoice.pdf")


def test_hashes_tell_names_apart_and_keys_too() -> None:
    assert len({erased_name(key, name) for key in ("a", "b") for name in ("x", "y")}) == 4
    assert erased_name("a", "Åse") == erased_name("a", "åse")


def test_nothing_is_replaced_by_an_empty_name() -> None:
    assert without_names("some words", frozenset({""}), KEY) == "some words"
    assert without_names("some words", frozenset(), KEY) == "some words"


def test_quoted_sentences_go_wherever_they_stand_and_others_stay() -> None:
    keys = {key_of("Where is my money?"), key_of("call me")}
    quoted = {
        "phrases": ["where is  MY money", "What of it?", "Call me, Bo!"],
        "tried": [{"text": "call me", "of": 3}],
        "n": None,
    }

    assert without_sayings(quoted, keys) == {
        "phrases": ["What of it?", "Call me, Bo!"],
        "tried": [{"text": "", "of": 3}],
        "n": None,
    }
    assert (
        without_sayings("where is my money", keys) == ""
        and without_sayings("where is my mon", keys) == "where is my mon"
    )
    assert without_sayings(quoted, set()) == quoted
