"""No header begins another, and pauses between tries grow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.mails import LONGEST_PAUSE, Mail, MailKind, pause_after


@pytest.mark.parametrize("name", ["message_id", "recipient", "subject", "reply_to"])
def test_no_header_of_a_mail_can_begin_another(name: str) -> None:
    values = {"message_id": "a", "recipient": "b", "subject": "c", "body": "d", "reply_to": "e"}
    mail = Mail(MailKind.SUPPORT, **{**values, name: "one\r\nBcc: two\n\nthree\x00\u2028four"})

    assert getattr(mail, name) == "one Bcc: two threefour"


def test_the_pauses_grow_up_to_a_limit_and_are_never_all_alike() -> None:
    longest = [pause_after(attempts, lambda: 1.0) for attempts in range(1, 6)]
    assert longest == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16)]
    assert pause_after(3, lambda: 0.0) == timedelta(seconds=3)
    assert pause_after(10_000, lambda: 1.0) == LONGEST_PAUSE
    assert len({pause_after(8) for _ in range(20)}) > 1
