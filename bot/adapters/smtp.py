"""Mails over SMTP, step by step: it is always known whether a mail can have been accepted."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from bot.adapters.mail_text import envelope_address, mail_bytes
from bot.core.mails import ClaimedMail
from bot.services.ports import InvalidInput, Unavailable
from bot.services.ticket_ports import AnswerMissing, MailRefused

SECONDS = 30.0
"""How long one answer of the server is waited for, if the address does not say otherwise."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"smtp": 25, "smtps": 465}

Step = Callable[[], None]


@dataclass(frozen=True)
class SmtpServer:
    """Where mails are handed in, and how."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    encrypted: bool = False
    starttls: bool = False
    seconds: float = SECONDS


def smtp_server(url: str) -> SmtpServer:
    """The server that ``smtp://user:password@host:port?starttls&timeout=30`` or ``smtps://…`` names.

    Raises ``InvalidInput`` for anything else, for a password that would travel unprotected, and for one that cannot be
    sent at all. The address itself is not repeated: it may hold the password.
    """
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=True)
        seconds = float(query.get("timeout", [str(SECONDS)])[0])
        server = _server(parts, "starttls" in query, seconds)
    except ValueError as error:
        raise InvalidInput(_UNUSABLE) from error
    known = parts.scheme in _PORTS and server.host and not set(query) - {"starttls", "timeout"}
    if not known or not 0 < seconds <= 600:
        raise InvalidInput(_UNUSABLE)
    if not f"{server.user}{server.password}".isascii():
        raise InvalidInput(
            "PROMODESK_SMTP_URL has a user or password with letters beyond a–z, which cannot be sent to a mail server; "
            "choose another password there"
        )
    if server.password and not (server.encrypted or server.starttls or server.host in _LOOPBACK):
        raise InvalidInput(
            "PROMODESK_SMTP_URL would send its password unprotected; add ?starttls to it, or write smtps://"
        )
    return server


_UNUSABLE = (
    "PROMODESK_SMTP_URL cannot be used; write smtp://user:password@mail.example:587?starttls, or smtps:// and the same"
)


def _server(parts: SplitResult, starttls: bool, seconds: float) -> SmtpServer:
    return SmtpServer(
        host=parts.hostname or "",
        port=parts.port or _PORTS.get(parts.scheme, 0),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encrypted=parts.scheme == "smtps",
        starttls=starttls,
        seconds=seconds,
    )


class SmtpMailer:
    """The ``Mailer`` port over SMTP; one connection for each mail."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        self.seconds = server.seconds

    def deliver(self, claimed: ClaimedMail, before_step: Step, before_hand_over: Step) -> None:
        try:
            connection = self._connect(before_step)
        except (smtplib.SMTPException, OSError) as error:
            # Whatever is refused before a mail is named is no fault of this mail.
            raise Unavailable(f"the mail server cannot be used ({type(error).__name__})") from error
        try:
            text = self._prepare(connection, claimed, before_step)
            before_hand_over()
            _hand_over(connection, text)
        finally:
            connection.close()

    def _connect(self, before_step: Step) -> smtplib.SMTP:
        """A connection that is encrypted and logged in, as far as the settings ask for it."""
        server = self._server
        trusted = ssl.create_default_context()
        if server.encrypted:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.seconds, context=trusted
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
        try:
            before_step()
            connection.ehlo_or_helo_if_needed()
            if server.starttls:
                before_step()
                connection.starttls(context=trusted)
                before_step()
                connection.ehlo()
            if server.user:
                before_step()
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: smtplib.SMTP, claimed: ClaimedMail, before_step: Step) -> bytes:
        """Name sender and recipient; the text to hand over. Nothing can have been accepted before that."""
        international = connection.has_extn("smtputf8")
        recipient = envelope_address(claimed.mail.recipient)
        if not recipient.isascii() and not international:
            raise MailRefused("the mail server takes no addresses with letters beyond a–z", for_good=True)
        options = ["SMTPUTF8", "BODY=8BITMIME"] if not recipient.isascii() else []
        with _told_as_refused():
            before_step()
            _check(connection.mail(self._sender, options))
            before_step()
            _check(connection.rcpt(recipient))
            return mail_bytes(claimed.mail, self._sender, claimed.created_at, international=international)


def _hand_over(connection: smtplib.SMTP, text: bytes) -> None:
    """From here on the mail may be accepted, whatever is heard of it."""
    try:
        _check(connection.data(text))
    except smtplib.SMTPDataError as error:
        # The server has not even asked for the text.
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise AnswerMissing(f"no answer to the text of the mail ({type(error).__name__})") from error
    # Nobody waits for the server to say goodbye: that it has accepted the mail is to be noted at once.
    with suppress(smtplib.SMTPException, OSError):
        connection.putcmd("QUIT")


@contextmanager
def _told_as_refused() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except ValueError as error:
        # An address that this way of sending cannot put into words: the next mail may be an ordinary one.
        raise MailRefused(f"this mail cannot be written ({type(error).__name__})", for_good=True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(f"the mail server stopped answering ({type(error).__name__})") from error


def _check(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if not 200 <= code < 300:
        raise _refusal(code, words)


def _refusal(code: int, words: bytes | str) -> MailRefused:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return MailRefused(f"the mail server said {code} {' '.join(said.split())[:200]}", for_good=500 <= code < 600)
