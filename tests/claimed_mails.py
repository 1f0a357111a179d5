"""A mail that a worker has taken in hand."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.core.mails import ClaimedMail, Mail, MailKind

AT = datetime(2023, 10, 5, 12, 0, tzinfo=timezone.utc)
SENDER = "no-reply@desk.test"


def claimed(recipient: str = "ane@birkvik.example", **changed: str) -> ClaimedMail:
    values = {"subject": "Subject", "body": "Body", "reply_to": "", **changed}
    mail = Mail(MailKind.SUPPORT, "<one@desk.test>", recipient, **values)
    return ClaimedMail(1, mail, AT, "claim", 0, 0)
