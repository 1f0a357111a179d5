"""Delivery to a mail server that wants encryption and a password."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from bot.adapters.smtp import SmtpMailer, smtp_server
from bot.services.ports import Unavailable
from tests.claimed_mails import SENDER, claimed
from tests.mail_server import Inbox
from tests.processes.running_desk import free_ports

USER, PASSWORD = "desk", "p@ss/word"


def deliver(url: str) -> None:
    SmtpMailer(smtp_server(url), SENDER).deliver(claimed(), lambda: None, lambda: None)


def address(server: Server, scheme: str, password: str = "p%40ss%2Fword", more: str = "") -> str:
    return f"{scheme}://{USER}:{password}@localhost:{server.port}?timeout=2{more}"


class Server:
    """A server on ``localhost`` that takes mail from who knows the password only, encrypted from the start or when asked."""

    def __init__(self, certificate: Path, *, from_the_start: bool) -> None:
        self.mails: list[dict[str, Any]] = []
        (self.port,) = free_ports(1)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        encryption = {"ssl_context": context} if from_the_start else {"tls_context": context, "require_starttls": True}
        self.controller = Controller(
            Inbox(self.mails.append),
            hostname="127.0.0.1",
            port=self.port,
            authenticator=_check_password,
            auth_required=True,
            auth_require_tls=not from_the_start,
            **encryption,
        )


def test_a_mail_goes_over_a_connection_that_becomes_encrypted(starttls: Server) -> None:
    deliver(address(starttls, "smtp", more="&starttls"))
    assert len(starttls.mails) == 1


def test_a_mail_goes_over_a_connection_that_is_encrypted_from_the_start(encrypted: Server) -> None:
    deliver(address(encrypted, "smtps"))
    assert len(encrypted.mails) == 1


def test_a_wrong_password_is_no_fault_of_the_mail(starttls: Server) -> None:
    with pytest.raises(Unavailable, match="SMTPAuthenticationError"):
        deliver(address(starttls, "smtp", "wrong", "&starttls"))
    assert starttls.mails == []


def test_nothing_is_told_to_a_server_nobody_vouches_for(encrypted: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    with pytest.raises(Unavailable, match="SSLCertVerificationError"):
        deliver(address(encrypted, "smtps"))
    assert encrypted.mails == []


def _check_password(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for ``localhost`` that this process trusts."""
    if shutil.which("openssl") is None:
        if os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1":
            pytest.fail("no openssl to make a certificate with")
        pytest.skip("no openssl to make a certificate with; install it, for example with apt-get install openssl")
    path = tmp_path / "localhost.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
               "-addext", "subjectAltName=DNS:localhost", "-keyout", str(path.with_suffix(".key")), "-out", str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


@pytest.fixture
def starttls(certificate: Path) -> Iterator[Server]:
    server = Server(certificate, from_the_start=False)
    server.controller.start()
    yield server
    server.controller.stop(no_assert=True)


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[Server]:
    server = Server(certificate, from_the_start=True)
    server.controller.start()
    yield server
    server.controller.stop(no_assert=True)
