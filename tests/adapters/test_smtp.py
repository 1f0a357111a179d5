"""Delivery to a real mail server that accepts, refuses, hangs, breaks off and recovers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from bot.adapters.smtp import SmtpMailer, SmtpServer, smtp_server
from bot.core.mails import ClaimedMail
from bot.services.ports import InvalidInput, Unavailable
from bot.services.ticket_ports import AnswerMissing, ClaimLost, MailRefused
from tests.claimed_mails import AT, SENDER, claimed
from tests.mail_server import MailServer


class Steps:
    """Notes what a delivery announces."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def deliver(self, server: MailServer, mail: ClaimedMail) -> None:
        mailer = SmtpMailer(smtp_server(server.url), SENDER)
        mailer.deliver(mail, lambda: self.taken.append("step"), lambda: self.taken.append("hand over"))


def read(server: MailServer) -> EmailMessage:
    (mail,) = server.mails
    message = message_from_bytes(mail["text"].encode(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_arrives_as_it_was_written(server: MailServer, steps: Steps) -> None:
    steps.deliver(
        server,
        claimed(subject="T-2023-000001: beløb – kr", body="Første linje\n.\n..anden\nÆØÅ", reply_to="b@c.example"),
    )

    message = read(server)
    assert server.mails[0]["sender"] == SENDER and server.mails[0]["recipients"] == ["ane@birkvik.example"]
    assert message["Subject"] == "T-2023-000001: beløb – kr"
    assert message.get_content().splitlines() == ["Første linje", ".", "..anden", "ÆØÅ"]
    assert (message["From"], message["To"], message["Reply-To"]) == (SENDER, "ane@birkvik.example", "b@c.example")
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<one@desk.test>", "auto-generated")
    assert message["Date"].datetime == AT and message.get_content_type() == "text/plain"
    assert steps.taken[-1] == "hand over" and steps.taken.count("hand over") == 1 and len(steps.taken) > 2


@pytest.mark.parametrize(("answer", "for_good"), [("550 No such person", True), ("450 Try later", False)])
@pytest.mark.parametrize("place", ["at_recipient", "at_text"])
def test_a_refusal_is_told_as_the_server_means_it(
    server: MailServer, steps: Steps, place: str, answer: str, for_good: bool
) -> None:
    setattr(server.inbox, place, answer)

    with pytest.raises(MailRefused, match=answer) as refused:
        steps.deliver(server, claimed())

    assert refused.value.for_good is for_good
    assert ("hand over" in steps.taken) == (place == "at_text")


def test_a_server_that_hangs_before_the_text_has_surely_not_accepted(server: MailServer, steps: Steps) -> None:
    server.inbox.at_recipient = "hang"
    with pytest.raises(Unavailable):
        steps.deliver(server, claimed())
    assert "hand over" not in steps.taken


def test_a_server_that_hangs_after_the_text_may_have_accepted(server: MailServer, steps: Steps) -> None:
    server.inbox.hangs_after_accepting = True
    with pytest.raises(AnswerMissing):
        steps.deliver(server, claimed())
    assert len(server.mails) == 1


def test_a_server_that_is_not_there_is_unavailable(server: MailServer, steps: Steps) -> None:
    server.stop()
    with pytest.raises(Unavailable):
        steps.deliver(server, claimed())


def test_a_server_that_never_greets_is_unavailable(steps: Steps) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Unavailable):
            steps.deliver(MailServer(silent.getsockname()[1], patience=1.0), claimed())


def test_who_lost_the_mail_hands_nothing_over(server: MailServer) -> None:
    def lost() -> None:
        raise ClaimLost("taken by another worker")

    with pytest.raises(ClaimLost):
        SmtpMailer(smtp_server(server.url), SENDER).deliver(claimed(), lambda: None, lost)
    assert server.mails == []


@pytest.mark.parametrize(
    "hostile", ["A\r\nBcc: all@birkvik.example", "A\nSubject: other", "A\r\n\r\nbody", "A\x00\u2028B"]
)
def test_nothing_typed_becomes_a_header(server: MailServer, steps: Steps, hostile: str) -> None:
    steps.deliver(server, claimed(subject=hostile, reply_to="x@y.example\r\nBcc: all@birkvik.example", body=hostile))

    message = read(server)
    assert message["Bcc"] is None and len(message.get_all("Subject")) == 1
    assert server.mails[0]["recipients"] == ["ane@birkvik.example"]
    assert len(message.get_all("From")) == 1


@pytest.mark.parametrize("place", ["recipient", "reply_to"])
@pytest.mark.parametrize("hidden", ["a=0d=0aBcc=3ax=40evil.com", "a=0d=0a=0d=0abody", "=0a"])
def test_a_line_break_hidden_in_an_address_is_refused_for_good(
    server: MailServer, steps: Steps, place: str, hidden: str
) -> None:
    with pytest.raises(MailRefused) as refused:
        steps.deliver(server, claimed(**{place: f"=?utf-8?q?{hidden}?=@example.com"}))

    assert refused.value.for_good and server.mails == []


@pytest.mark.parametrize(
    "address", ["ane@bücher.example", "åse@birkvik.example", "o'hara+x@birkvik.example", "a..b@birkvik.example"]
)
def test_unusual_addresses_are_reached(server: MailServer, steps: Steps, address: str) -> None:
    steps.deliver(server, claimed(recipient=address, reply_to=address))

    local, _, domain = address.partition("@")
    assert server.mails[0]["recipients"] == [f"{local}@{domain.encode('idna').decode()}"]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 25)),
        ("smtps://me:p%40ss@mail.example", SmtpServer("mail.example", 465, "me", "p@ss", encrypted=True)),
        ("smtp://me:x@mail.example:587?starttls&timeout=5", SmtpServer("mail.example", 587, "me", "x", starttls=True, seconds=5)),
    ],
)  # fmt: skip
def test_an_address_says_where_and_how(url: str, server: SmtpServer) -> None:
    assert smtp_server(url) == server


@pytest.mark.parametrize(
    "url",
    ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example:x", "smtp://mail.example?timeout=soon",
     "smtp://mail.example?timeout=0", "smtp://mail.example?tls=1", "smtp://me:secret@mail.example",
     "smtps://me:secret%C3%A9@mail.example", "smtps://m%C3%A9:secret@mail.example"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(InvalidInput, match="PROMODESK_SMTP_URL") as refused:
        smtp_server(url)
    assert "secret" not in str(refused.value)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer(patience=1.0) as running:
        yield running


@pytest.fixture
def steps() -> Steps:
    return Steps()
