"""Folding changes spellings, never positions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.folding import fold, fold_case


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(fold(text)) == len(fold_case(text)) == len(text)


def test_digits_dashes_quotes_and_spaces_become_plain() -> None:
    assert fold("ＬＥＮ–４８２\u00a0９１٣ we’re") == "LEN-482 913 we're"


def test_line_breaks_stay() -> None:
    assert fold("é\nä") == "é\nä"
