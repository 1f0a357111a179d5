"""References and addresses are found however they are typed, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from bot.core.promotion import ReferenceFormat
from bot.core.references import find_claim_references, find_email_addresses

FORMAT = ReferenceFormat("LEN", 6)


def references(text: str, *, bare: bool = False) -> list[str]:
    return [found.value for found in find_claim_references(text, FORMAT, bare=bare)]


@pytest.mark.parametrize(
    "typed",
    [
        "LEN-771402", "len 771 402", "LEN771402", "len:771402", "Len 77 14 02", "LEN–771402", "LEN—771402",
        "ＬＥＮ－７７１４０２",
        "len.771402", "LEN - 771402", "my claim (len-771402), thanks", "er LEN-771402 godkendt?",
        "len-771402.", "LEN #771402",
        "‘LEN-771402’", "LEN\u00a0771\u00a0402", "_LEN-771402_",
    ],
)  # fmt: skip
def test_every_spelling_gives_the_official_one(typed: str) -> None:
    assert references(typed) == ["LEN-771402"]


@pytest.mark.parametrize(
    "typed",
    [
        "LEN-7714021",
        "LEN-77140",
        "BALLEN-771402",
        "LEN-771402X",
        "771402",
        "LEN-771402.5",
        "LEN-771402-3",
        "LEN",
        "LN-771402",
    ],
)
def test_longer_numbers_and_other_words_are_no_reference(typed: str) -> None:
    assert references(typed) == []


def test_positions_are_those_of_the_text() -> None:
    text = "is ｌｅｎ 77 14 02 ok"
    found = find_claim_references(text, FORMAT)[0]
    assert text[found.start : found.end] == "ｌｅｎ 77 14 02"


def test_two_references_come_in_their_order() -> None:
    assert references("len 771402 and LEN-118093") == ["LEN-771402", "LEN-118093"]


@pytest.mark.parametrize(
    "typed", ["771402", "771 402", "77.14.02", "it is 771402.", "77 14 02!", "771402, mine@firm.example"]
)
def test_digits_alone_count_if_the_reference_was_asked_for(typed: str) -> None:
    assert references(typed, bare=True) == ["LEN-771402"]
    assert references(typed) == []


@pytest.mark.parametrize(
    "typed", ["7714021", "77140", "771402x", "771402@firm.example", "12 771402 33", "3.771402", "+771402"]
)
def test_digits_of_another_length_never_count(typed: str) -> None:
    assert references(typed, bare=True) == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Maja.Lund@Firm.Example", "maja.lund@firm.example"),
        ("it's maja@firm.example.", "maja@firm.example"),
        ("<mailto:maja@firm.example>", "maja@firm.example"),
        ("(maja@firm.example),", "maja@firm.example"),
        ("maja@firm.example!!", "maja@firm.example"),
        ("'maja@firm.example'", "maja@firm.example"),
        ("mail:maja@firm.example;", "maja@firm.example"),
        ("ｍａｊａ＠ｆｉｒｍ．ｅｘａｍｐｌｅ", "maja@firm.example"),
        ("it is maja@firm.example.The reference follows", "maja@firm.example"),
        ("maja_l+promo@post.firm.co.example", "maja_l+promo@post.firm.co.example"),
        ("åse@blåbær.example", "åse@blåbær.example"),
    ],
)
def test_addresses_are_read_without_what_surrounds_them(typed: str, address: str) -> None:
    assert [found.value for found in find_email_addresses(typed)] == [address]


@pytest.mark.parametrize("typed", ["@firm.example", "maja@", "maja@firm", "see you @ home", "a @ b.example", "@@@@"])
def test_half_an_address_is_none(typed: str) -> None:
    assert find_email_addresses(typed) == []
