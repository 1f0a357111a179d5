"""Mails that a demonstration has shown are blanked in its log."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.adapters.console_mail import ConsoleMailer
from bot.adapters.shown_mails import ShownMails
from bot.core.mails import ClaimedMail, Mail, MailKind

AT = datetime(2023, 10, 5, tzinfo=timezone.utc)
BODY = "Name: Åse Birkvåg\n\n---\nAnd a line of dashes before this one."


def show(log: Path, reference: str, body: str = BODY, *, is_demonstration: bool = True) -> None:
    with log.open("a", encoding="utf-8") as output:
        mailer = ConsoleMailer(output, is_demonstration=is_demonstration)
        mail = Mail(MailKind.SUPPORT, "<id>", "support@desk.example", f"{reference}: Help – lamps", body)
        mailer.deliver(ClaimedMail(1, mail, AT, "claim", 0, 0), lambda: None, lambda: None)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "outbox.log"


def test_the_mails_of_a_ticket_are_blanked_and_nothing_else(log: Path) -> None:
    log.write_text("2023-10-05 WARNING before\n", encoding="utf-8")
    show(log, "T-2023-000001")
    show(log, "T-2023-000012", "Bo is another one")
    with log.open("a", encoding="utf-8") as output:
        output.write("2023-10-05 WARNING between\n")
    show(log, "T-2023-000001")
    with log.open("a", encoding="utf-8") as output:
        output.write("2023-10-05 WARNING after\n")
    before = log.read_bytes()

    assert ShownMails(log.parent).remove(["T-2023-000001", "T-2023-000077"]) == ["T-2023-000001", "T-2023-000077"]

    after = log.read_text(encoding="utf-8")
    assert "Birkv" not in after and "dashes" not in after
    for kept in ("before", "between", "after", "Bo is another one"):
        assert kept in after
    assert after.count("mail, shown because") == 3
    assert len(log.read_bytes()) == len(before)


def test_whoever_writes_the_log_goes_on_at_its_end(log: Path) -> None:
    with log.open("a", encoding="utf-8") as writer:
        show(log, "T-2023-000001")
        ShownMails(log.parent).remove(["T-2023-000001"])
        writer.write("goes on\n")

    assert log.read_text(encoding="utf-8").endswith("---\ngoes on\n")


@pytest.mark.parametrize(
    "content",
    ["", "no mail here\n", "--- support mail, shown because PROMODESK_SMTP_URL is empty: T-2023-000001\nhalf"],
)
def test_a_log_without_a_whole_mail_stays_as_it_is(log: Path, content: str) -> None:
    log.write_text(content, encoding="utf-8")
    ShownMails(log.parent).remove(["T-2023-000001"])
    assert log.read_text(encoding="utf-8") == content


def test_where_there_are_no_logs_nothing_is_to_be_done(tmp_path: Path) -> None:
    assert ShownMails(tmp_path / "nowhere").remove(["T-2023-000001"]) == ["T-2023-000001"]
