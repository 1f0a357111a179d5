"""Only what can be typed and seen is kept of a text."""

from __future__ import annotations

import pytest

from bot.core.plain_text import one_line, plain_text


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  Hello \r\n there\r", "Hello \n there"),
        ("a\x00b\x1bc", "abc"),
        ("\u202etxet\u2069", "txet"),
        ("\ud83d", "?"),
        ("👩‍💻 ok", "👩‍💻 ok"),
        ("\u200b\u200d", ""),
        ("\x00 \n", ""),
        ("Æble\tØl", "Æble\tØl"),
    ],
)
def test_only_what_can_be_typed_and_seen_is_kept(typed: str, plain: str) -> None:
    assert plain_text(typed) == plain


def test_a_line_stays_one_line() -> None:
    assert one_line("Ane\r\nBcc:\tall") == "Ane Bcc: all"
