"""What a demonstration's customers say is read, and what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.faq_files import read_faq
from bot.adapters.sample_content import read_sample_content
from bot.config import ROOT
from bot.services.ports import InvalidInput

FAQ = read_faq(ROOT / "faq")
TICKETS = "tickets:\n- {about: claim, name: A, company: B, message: C, becomes: new}\n"
MESSAGES = "messages:\n- {text: cash?, expects: [cash_or_cheque]}\n"


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "activity.yml"
    file.write_text(
        MESSAGES + "- {text: hm, expects: out_of_scope, offers: [cash_or_cheque], often: 3, language: da}\n" + TICKETS
    )
    content = read_sample_content(file, FAQ)
    assert [(one.text, one.expects, one.has_answer) for one in content.messages] == [
        ("cash?", ("cash_or_cheque",), True),
        ("hm", ("out_of_scope",), False),
    ]
    assert (content.messages[1].offers, content.messages[1].often) == (("cash_or_cheque",), 3)
    assert content.tickets[0].message == "C"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (MESSAGES.replace("cash_or_cheque", "cash_and_cheque") + TICKETS, "item 1 of messages.*no cash_and_cheque"),
        (MESSAGES.replace("text: cash?, ", "") + TICKETS, "item 1 of messages"),
        (MESSAGES + TICKETS.replace("new", "lost"), "item 1 of tickets"),
        (MESSAGES, "no list of tickets"),
        ("- a\n- list\n", "no list of messages"),
        ("messages: [\n", "cannot be read as YAML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, written: str, told: str) -> None:
    file = tmp_path / "activity.yml"
    file.write_text(written)
    with pytest.raises(InvalidInput, match=told):
        read_sample_content(file, FAQ)


def test_a_promotion_without_sample_messages_is_told_where_they_belong(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no sample messages"):
        read_sample_content(tmp_path / "activity.yml", FAQ)
