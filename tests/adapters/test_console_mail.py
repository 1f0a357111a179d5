"""Where no mail server is set, mails are shown in a demonstration, and nowhere else."""

from __future__ import annotations

import io
from datetime import datetime, timezone

import pytest

from bot.adapters.console_mail import ConsoleMailer
from bot.adapters.logs import TextLines
from bot.core.mails import ClaimedMail, Mail, MailKind

AT = datetime(2023, 10, 5, tzinfo=timezone.utc)


MAIL = Mail(
    MailKind.SUPPORT,
    "<one@desk.test>",
    "support@desk.test",
    "T-2023-000001: My claim",
    "T-2023-000001\nName: Ane Birk\nE-mail: ane@birkvik.example\nCall +47 22 33 44 55",
)


def test_a_demonstration_shows_its_mails_with_personal_data_hidden() -> None:
    shown = output(is_demonstration=True)

    assert "T-2023-000001: My claim" in shown and "support mail" in shown
    assert shown.count("T-2023-000001") == 2
    assert "birkvik" not in shown and "33 44" not in shown


def test_anywhere_else_no_word_of_a_mail_is_written_to_a_log(caplog: pytest.LogCaptureFixture) -> None:
    assert output(is_demonstration=False) == ""

    written = "".join(map(TextLines().format, caplog.records))
    assert f"kind=support ticket=T-2023-000001 characters={len(MAIL.body)}" in written
    assert "WARNING" in written and "PROMODESK_SMTP_URL is empty" in written
    assert not any(word in written for word in ("Ane", "birkvik", "My claim", "33"))


def output(*, is_demonstration: bool) -> str:
    written, steps = io.StringIO(), []
    mailer = ConsoleMailer(written, is_demonstration=is_demonstration)
    mailer.deliver(ClaimedMail(1, MAIL, AT, "c", 0, 0), lambda: steps.append(1), lambda: steps.append(2))
    assert steps == [1, 2]
    return written.getvalue()
