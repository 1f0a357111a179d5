"""A mail as it travels: plain text, headers that nothing typed can break out of, the same bytes at every try."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, EmailPolicy

from bot.core.mails import Mail, MailKind

MOST_REFERENCES = 20
"""The first mail of a thread and so many of the latest name it well enough."""


class _Ids(UnstructuredHeader):
    """Ids of mails, each on a line of its own: the library would write long ones as encoded words, and nobody would know them."""

    max_count = 1

    def fold(self, *, policy: EmailPolicy) -> str:
        ids = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {ids}{policy.linesep}"  # type: ignore[attr-defined]


def mail_bytes(mail: Mail, sender: str, at: datetime, *, international: bool = False) -> bytes:
    """The whole mail. Addresses with letters beyond a–z are written only if the server is ``international``.

    Raises ``ValueError`` for a mail that cannot be written, or whose headers would not be read as they are meant.
    """
    try:
        message = _composed(mail, sender, at, international)
        written = message.as_bytes()
    except Exception as error:  # the library raises whatever an unreadable address leads to
        raise ValueError(f"the mail cannot be put into words ({type(error).__name__})") from error
    _check_headers(written, message.keys())
    return written


def envelope_address(address: str) -> str:
    """The address with its domain in the form that every server knows."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _composed(mail: Mail, sender: str, at: datetime, international: bool) -> EmailMessage:
    message = EmailMessage(policy=_with_ids(SMTPUTF8 if international and not _is_ascii(mail) else SMTP))
    message["From"] = _header(sender)
    message["To"] = _header(mail.recipient)
    reply_to = envelope_address(mail.reply_to)
    if reply_to and (reply_to.isascii() or international):
        message["Reply-To"] = _header(mail.reply_to)
    message["Subject"] = mail.subject
    message["Date"] = at
    message["Message-ID"] = mail.message_id
    if mail.thread:
        message["In-Reply-To"] = mail.thread[-1]
        message["References"] = " ".join((mail.thread[0], *mail.thread[1:][-MOST_REFERENCES:]))
    if mail.kind is not MailKind.ANSWER:
        # Tells other programs not to answer: a holiday notice would come back as a customer's mail.
        message["Auto-Submitted"] = "auto-replied" if mail.kind is MailKind.CONFIRMATION else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.body, charset="utf-8", cte="quoted-printable")
    return message


def _with_ids(policy: EmailPolicy[EmailMessage]) -> EmailPolicy[EmailMessage]:
    headers = HeaderRegistry()
    headers.map_to_type("in-reply-to", _Ids)  # type: ignore[arg-type]
    headers.map_to_type("references", _Ids)  # type: ignore[arg-type]
    return policy.clone(header_factory=headers)


def _check_headers(written: bytes, names: Sequence[str]) -> None:
    """Each header is there, once and on its own lines: an encoded word in an address could have become a line break."""
    head, _, _ = written.partition(b"\r\n\r\n")
    starts = [line for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    found = sorted(line.partition(b":")[0].decode("ascii", "replace") for line in starts)
    if found != sorted(names) or any(sign in line for line in head.split(b"\r\n") for sign in b"\r\n"):
        raise ValueError("a header of the mail has a line break of its own")


def _header(address: str) -> Address:
    local, _, domain = envelope_address(address).rpartition("@")
    return Address(username=local, domain=domain)


def _is_ascii(mail: Mail) -> bool:
    return all(envelope_address(address).isascii() for address in (mail.recipient, mail.reply_to))
