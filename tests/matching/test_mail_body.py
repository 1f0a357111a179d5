"""What of a mail is new: quoting, headers and signatures in the ways mail programs write them."""

from __future__ import annotations

import pytest

from bot.core.lengths import LONGEST_MAIL
from bot.matching.mail_body import own_paragraphs
from tests.timing import processor_seconds

ASKED = "how long does it take until the money is paid?"


@pytest.mark.parametrize(
    "older",
    [
        "On Mon, 11 Dec 2023 at 09:14, Customer Service <support@promo.example> wrote:\n> May we help?",
        "On Thu, Dec 14, 2023 at 4:40 PM Sofie from Customer Service <support@promo.example>\nwrote:\n\n> May we help?",
        "-----Original Message-----\nFrom: a@shop.example\nSent: Monday\nTo: b@shop.example\nSubject: Hi\n\nMay we help?",
        "From: Customer Service <support@promo.example>\nSent: Monday\nTo: us\nSubject: RE: Hi\n\nMay we help?",
        "Fra: Kundeservice <support@promo.example>\nSendt: mandag\nTil: os\nEmne: SV: Hej\n\nMay we help?",
        "Från: Kundtjänst <support@promo.example>\nSkickat: måndag\nTill: oss\nÄmne: SV: Hej\n\nMay we help?",
        "Den 20. nov. 2023 kl. 14.02 skrev Kundeservice <support@promo.example>:\n> May we help?",
        "Den 12 dec. 2023 kl. 08:41 skrev Kundtjänst <support@promo.example>:\n\n> May we help?",
        "> May we help?\n> Kind regards",
    ],
)
def test_the_older_mail_below_is_left_out(older: str) -> None:
    assert own_paragraphs(f"Hello,\n\n{ASKED}\n\n{older}") == ["Hello,", ASKED]


@pytest.mark.parametrize(
    "ending",
    [
        "Kind regards\nIda Lund\nLund ApS | Tel. 00 00 00 00 | www.lund.example",
        "With best regards\n\nIda Lund\nThis mail is confidential. Is printing it really necessary?",
        "Thanks & regards,\nIda\n\nIda Lund | Do you really need this on paper?",
        "Med venlig hilsen\nIda",
        "Mvh Ida",
        "Vänliga hälsningar\nIda\nLund AB",
        "Vennlig hilsen,\nIda",
        "Thanks\nIda",
        "Sent from my iPhone",
        "-- \nIda Lund",
    ],
)
def test_the_signature_is_left_out(ending: str) -> None:
    assert own_paragraphs(f"Hello,\n\n{ASKED}\n\n{ending}") == ["Hello,", ASKED]


def test_a_postscript_below_the_signature_stays() -> None:
    mail = f"Hello,\n\n{ASKED}\n\nKind regards\nIda\n\nPS: Do you pay in cash?"
    assert own_paragraphs(mail) == ["Hello,", ASKED, "PS: Do you pay in cash?"]


def test_thanks_at_the_beginning_are_no_signature() -> None:
    mail = f"Thanks, that helped with the first two.\n{ASKED}\n\nTak for hjælpen, men der er mere\nIda"
    assert ASKED in own_paragraphs(mail)


def test_answers_between_quoted_lines_stay() -> None:
    mail = "> Which products?\nTwo docks.\n> Where from?\nA shop in Aarhus.\n> Anything else?\n" + ASKED
    assert own_paragraphs(mail) == ["Two docks.", "A shop in Aarhus.", ASKED]


def test_a_mail_that_is_all_quoted_is_read_all_the_same() -> None:
    assert own_paragraphs(f"> Hello,\n> {ASKED}") == ["Hello,", ASKED]


def test_a_mail_with_its_own_head_is_read() -> None:
    mail = f"From: Ida <ida@lund.example>\nSent: Monday\nTo: support@promo.example\nSubject: Money\n\nHello,\n\n{ASKED}"
    assert own_paragraphs(mail)[-1] == ASKED


def test_wrapped_lines_are_joined_and_list_items_are_not() -> None:
    mail = (
        "we have bought two docks and a monitor in October and would now\nlike to know a few things:\n\n"
        "1. is that too many for one claim, because we may have some more of them soon\n2. do you pay in cash"
    )
    assert own_paragraphs(mail) == [
        "we have bought two docks and a monitor in October and would now like to know a few things:",
        "1. is that too many for one claim, because we may have some more of them soon",
        "2. do you pay in cash",
    ]


@pytest.mark.parametrize("mail", ["", "  \n ", "\x00\x07", "…", "> \n>", "-- \n"])
def test_nothing_is_made_of_nothing(mail: str) -> None:
    assert own_paragraphs(mail) == []


@pytest.mark.parametrize(
    "odd",
    [
        "Den 1. skrev ", "On ", "\n", "> ", "From: a\n", "On x\n", "_", "x", "?\n", "Kind regards\n", "ons skrev ", "caution: ",
        "To: \n\n", "Thanks,\n", "1 skrev a ", "-", "Warning: mail ", "Den skrev\n", " \n> ",
    ],
)  # fmt: skip
def test_no_mail_takes_long(odd: str) -> None:
    """The patterns that know the heads of older mails take minutes on lines they were not made for."""
    mail = odd * (LONGEST_MAIL // len(odd) + 1)
    assert processor_seconds(lambda: own_paragraphs(mail)) < 2
