"""Persons with marks by which they can be found again, planted in stores, files and logs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect, select
from sqlalchemy import table as lightweight
from sqlalchemy.engine import Connection, Engine

from bot.adapters.console_mail import ConsoleMailer
from bot.adapters.file_store import FolderStore
from bot.adapters.sql.desk_tables import desk_metadata
from bot.adapters.sql.tracker_events import events
from bot.core.email_addresses import comparable_email
from bot.core.mails import ClaimedMail, Mail, MailKind

SECRET = "a secret for tests"
AT = datetime(2023, 10, 5, 12, 0, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Planted:
    """A person, with the marks by which they can be found again."""

    number: int
    name: str
    email: str
    """As they type it; the desk keeps what is typed."""
    phone: str
    reference: str

    @property
    def words(self) -> str:
        return f"I am {self.name}, {self.phone}, {self.reference}, {self.email}"

    @property
    def marks(self) -> tuple[str, ...]:
        """What may stand nowhere once they are erased, in the comparable form and as JSON writes it."""
        plain = (
            *self.name.split(),
            self.email,
            self.email.upper(),
            comparable_email(self.email),
            self.phone,
            self.reference,
        )
        return (*plain, *(json.dumps(text)[1:-1] for text in plain))

    @property
    def conversation(self) -> str:
        return f"conversation-{self.number}"

    @property
    def ticket(self) -> str:
        return f"T-2023-00000{self.number}"

    @property
    def files(self) -> tuple[str, str]:
        """Ids: one was sent with the ticket, the other was not sent."""
        return f"sent-file-of-person-{self.number}", f"lost-file-of-person-{self.number}"

    def is_in(self, text: str) -> bool:
        return any(mark in text for mark in self.marks)


ANNA = Planted(1, "Åse Birkvåg", "Åse.Birkvåg@Birkvik.example", "+47 91 82 73 64", "LEN-418823")
BO = Planted(2, "Bo Nordmo", "bo@nordmo.example", "+46 70 174 06 35", "LEN-901177")


def plant_in_tracker(engine: Engine, *persons: Planted) -> None:
    """What Rasa could have kept of them, if masking had missed it."""
    events.metadata.create_all(engine)
    for who in persons:
        for sender in (who.conversation, f"proved-{who.number}"):
            row = {"sender_id": sender, "type_name": "user", "timestamp": AT.timestamp()}
            with engine.begin() as connection:
                connection.execute(insert(events).values(**row, data=json.dumps({"text": who.words})))


def plant_on_disk(uploads: Path, logs: Path, *persons: Planted) -> None:
    """Files with their words, and mails that a demonstration has shown."""
    store = FolderStore(uploads)
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / "outbox.log").open("a", encoding="utf-8") as log:
        mailer = ConsoleMailer(log, is_demonstration=True)
        for who in persons:
            for id in who.files:
                path = store.path(id)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(who.words, encoding="utf-8")
            mail = Mail(
                MailKind.SUPPORT, "<id>", "support@desk.example", f"{who.ticket}: Help", f"{who.words}\n---\nBye"
            )
            mailer.deliver(ClaimedMail(1, mail, AT, "claim", 0, 0), lambda: None, lambda: None)
            log.write("2023-10-05 WARNING something else\n")


def everything_in(engine: Engine) -> Iterator[tuple[str, str]]:
    """Every row of every table, by the table's name, as text."""
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            yield from ((table, str(tuple(row))) for row in _rows(connection, table))


def _rows(connection: Connection, table: str) -> Sequence[Any]:
    known = desk_metadata.tables.get(table)
    return connection.execute(select(known) if known is not None else select("*").select_from(lightweight(table))).all()
