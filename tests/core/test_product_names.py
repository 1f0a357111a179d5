"""When a name is a product's, and which may be meant."""

from __future__ import annotations

import pytest

from bot.core.product_names import close_names, exact_name

NAMES = (
    "Halden Dock 7",
    "Halden Dock 8",
    "Halden Hub",
    "Lark Webcam",
    "Lark Webcam Pro",
    "Ærø Pen",
    "Lark Webcam Mini",
)


@pytest.mark.parametrize("typed", ["Halden Dock 7", " halden  DOCK 7", "Ｈalden Dock 7"])
def test_a_name_is_known_whatever_its_case_and_blanks(typed: str) -> None:
    assert exact_name(typed, NAMES) == "Halden Dock 7"


@pytest.mark.parametrize("typed", ["", " ", "Halden Dock", "Halden Dock 77"])
def test_part_of_a_name_is_not_the_name(typed: str) -> None:
    assert exact_name(typed, NAMES) is None


@pytest.mark.parametrize(
    ("typed", "close"),
    [
        ("dock halden", ("Halden Dock 7", "Halden Dock 8")),
        ("webcam", ("Lark Webcam", "Lark Webcam Pro", "Lark Webcam Mini")),
        ("aero", ("Ærø Pen",)),
        ("haldn dok 7", ("Halden Dock 7", "Halden Dock 8")),
        ("a kettle", ()),
        ("", ()),
    ],
)
def test_names_that_may_be_meant(typed: str, close: tuple[str, ...]) -> None:
    assert close_names(typed, NAMES)[: len(close) or None] == close
    assert len(close_names(typed, NAMES)) <= 3
