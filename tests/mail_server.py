"""A real mail server that notes what it accepts, and can be told to refuse, to hang, or to break off.

``python -m tests.mail_server PORT FILE`` runs it alone: every accepted mail is a line of the file, written to the disk
before the sender is told.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.processes.running_desk import free_ports

HANGS_SECONDS = 60.0
SLOWEST_SECONDS = 0.05


class Inbox:
    """What the server does with mails; ``reply`` says how it answers the sender, the recipient and the text."""

    def __init__(self, note: Callable[[dict[str, Any]], None], slow: bool = False) -> None:
        self._note = note
        self._slow = slow
        self.at_recipient = self.at_text = "250 OK"
        """An answer, or ``hang``."""
        self.hangs_after_accepting = False

    async def handle_RCPT(  # noqa: N802 - the names are aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_recipient == "hang":
            await asyncio.sleep(HANGS_SECONDS)
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_text == "hang":
            await asyncio.sleep(HANGS_SECONDS)
        if not self.at_text.startswith("250"):
            return self.at_text
        await self._dawdle()
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self._note({"sender": envelope.mail_from, "recipients": envelope.rcpt_tos, "text": content.decode("utf-8")})
        await self._dawdle()
        if self.hangs_after_accepting:
            await asyncio.sleep(HANGS_SECONDS)
        return self.at_text

    async def _dawdle(self) -> None:
        """Makes the moments in which a crash is worst long enough to be met."""
        if self._slow:
            await asyncio.sleep(random.uniform(0, SLOWEST_SECONDS))


class MailServer:
    """The server within a test; ``mails`` are those it has accepted."""

    def __init__(self, port: int = 0, *, patience: float = 10.0) -> None:
        """``patience``: so many seconds senders wait for it; few where it is to hang."""
        self._patience = patience
        self.mails: list[dict[str, Any]] = []
        self.inbox = Inbox(self.mails.append)
        self._port = port or free_ports(1)[0]
        self._controller: Controller | None = None

    def __enter__(self) -> MailServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._port}?timeout={self._patience}"

    def start(self) -> None:
        self._controller = Controller(self.inbox, hostname="127.0.0.1", port=self._port, enable_SMTPUTF8=True)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop(no_assert=True)
            self._controller = None


def message_id(mail: dict[str, Any]) -> str:
    return str(message_from_bytes(mail["text"].encode(), policy=default)["Message-ID"]).strip()


def accepted_in(file: Path) -> list[dict[str, Any]]:
    """What a server that runs alone has accepted; a line that a kill has cut short was not."""
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    return [json.loads(line) for line in lines[:-1] if line]


def main(port: str, file: str) -> None:
    def note(mail: dict[str, Any]) -> None:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, (json.dumps(mail) + "\n").encode())
        os.fsync(descriptor)
        os.close(descriptor)

    controller = Controller(Inbox(note, slow=True), hostname="127.0.0.1", port=int(port), enable_SMTPUTF8=True)
    controller.start()
    asyncio.new_event_loop().run_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
