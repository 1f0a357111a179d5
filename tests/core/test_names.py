"""When two names are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.names import comparable_name


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Birkvik Optik", "birkvik optik"),
        ("  BIRKVIK\tOptik ", "birkvik optik"),
        ("Västerås Tömrare", "vasteras tomrare"),
        ("Va\u0308stera\u030as", "vasteras"),
        ("Tønder Ærø Łódź Straße", "tonder aero lodz strasse"),
        ("Ｂｉｒｋｖｉｋ", "birkvik"),
        ("İstanbul", "istanbul"),
        ("Smith\u2019s", "smith's"),
    ],
)
def test_case_accents_and_blanks_do_not_count(written: str, compared: str) -> None:
    assert comparable_name(written) == compared


def test_signs_count() -> None:
    assert comparable_name("A/S 50%_x") == "a/s 50%_x"


@given(st.text())
def test_the_compared_form_compares_to_itself(written: str) -> None:
    assert comparable_name(comparable_name(written)) == comparable_name(written)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_a_part_of_a_name_is_found_in_it(before: str, part: str, after: str) -> None:
    assert comparable_name(part) in comparable_name(before + part + after)
