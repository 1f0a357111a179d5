"""Persons planted in every table, file and log there is, in every column that can hold a word of theirs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, String, insert, inspect, select
from sqlalchemy.engine import Connection, Engine

from bot.adapters.console_mail import ConsoleMailer
from bot.adapters.file_store import FolderStore
from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata
from bot.adapters.sql.lookups import attempt_hash
from bot.adapters.sql.tracker_events import events
from bot.core.email_addresses import comparable_email, masked_email
from bot.core.mails import ClaimedMail, Mail, MailKind

SECRET = "a secret for tests"
AT = datetime(2023, 10, 5, 12, 0, tzinfo=timezone.utc)
RECORDS_OF_THE_DESK = frozenset(
    {
        # Those who work at the desk; a customer's address that somebody typed there is kept as a keyed hash, for a day.
        "agents", "agent_sessions", "sign_in_links", "sign_in_attempts",
        # Programs of others, by the name that an admin gave them; "taken_messages" has numbers only.
        "api_keys",
        # Keys only, and nothing once they are done with.
        "removals",
        "desk_schema_version", "claims_schema_version",
    }
)  # fmt: skip
"""Tables that can hold nothing of a customer."""


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

Given = Mapping[str, Any]
_DECIDED: Given = {"promotion": "lamps", "agent_id": "agent", "agent_name": "Agnes Agent"}


def _audited(who: Planted) -> Sequence[Given]:
    subjects = (
        comparable_email(who.email),
        who.ticket,
        f"{who.ticket} {who.name} invoice.pdf",
        f"{who.reference} or {masked_email(who.email)} or company Solberga → LEN-100200, {who.reference}",
    )
    noted = {"agent_id": "agent", "agent_name": "Agnes Agent", "action": "seen"}
    why = f"Phone call: {who.name} about {who.ticket}"
    return [{"subject": subject, "why": why, **noted} for subject in subjects]


def _uploaded(who: Planted) -> Sequence[Given]:
    sent, lost = who.files
    common = {"conversation_id": who.conversation, "name": f"{who.name} invoice.pdf"}
    return [
        {"id": sent, "ticket": who.ticket, "form": f"form {who.number}", "digest": "a", **common},
        {"id": lost, "ticket": None, "form": f"form {who.number}", "digest": "b", **common},
    ]


ROWS: Mapping[str, Callable[[Planted], Sequence[Given]]] = {
    "conversations": lambda who: [{"id": who.conversation}],
    "messages": lambda who: [
        {"id": f"first of {who.number}", "conversation_id": who.conversation, "reply": None},
        {"id": f"second of {who.number}", "conversation_id": who.conversation},
    ],
    "offered_buttons": lambda who: [{"id": f"button of {who.number}", "message_id": f"first of {who.number}"}],
    "feedback": lambda who: [{"message_id": f"second of {who.number}"}],
    "lookup_details": lambda who: [
        {
            "conversation": who.conversation,
            "email": who.email.upper(),
            "reference": who.reference,
            "verified_reference": who.reference,
        },
        # Given in a conversation that led to no ticket.
        {"conversation": f"other-{who.number}", "email": f" {who.email}", "reference": None},
    ],
    "lookup_attempts": lambda who: [
        {
            "conversation": f"{kind}-{who.number}",
            "email_hash": attempt_hash(SECRET.encode(), "email", comparable_email(who.email)),
            "succeeded": kind == "proved",
        }
        for kind in ("conversation", "proved")
    ],
    "tickets": lambda who: [
        {
            "reference": who.ticket,
            "year": 2023,
            "number": who.number,
            "conversation_id": who.conversation,
            "form": f"form {who.number}",
            "state": "resolved",
            "email": who.email,
            "name": who.name,
            "claim_reference": who.reference.lower().replace("-", " "),
            "transcript": [{"speaker": "Customer", "text": who.words}],
            "answers": [],
        }
    ],
    "ticket_events": lambda who: [{"ticket": who.ticket, "kind": "note", "mail": None, "key": f"key {who.number}"}],
    "uploads": _uploaded,
    "outbox": lambda who: [
        {"ticket": who.ticket, "kind": kind, "message_id": f"<{kind}-{who.number}>"}
        for kind in ("support", "confirmation")
    ],
    "audit": _audited,
    "gap_dismissals": lambda who: [{"phrase": f"phrase {who.number}", **_DECIDED}],
    "proposals": lambda who: [
        {
            "number": who.number,
            "change": {"way": "phrases", "phrases": [f"  {who.words}?", "What of it?"], "label": "cash"},
            "group_phrase": f"phrase {who.number}",
            "taken": [f"phrase {who.number}"],
            **_DECIDED,
        }
    ],
    "proposal_tries": lambda who: [
        {
            "proposal": who.number,
            "state": "done",
            "running": None,
            "progress": "",
            "problem": "",
            "result": {"phrases": [{"text": who.words, "before": {"labels": ["cash"]}}]},
            **_DECIDED,
        }
    ],
}
"""By table: the keys and fixed columns of a person's rows. Every other column is filled with the person's words by its type."""


def plant(engine: Engine, who: Planted) -> None:
    """Rows in every table of the desk database."""
    with engine.begin() as connection:
        for table in desk_metadata.sorted_tables:
            for given in ROWS[table.name](who) if table.name in ROWS else ():
                filled = {
                    column.name: given[column.name] if column.name in given else _filled(column, who)
                    for column in table.columns
                }
                numbered = {name for name, value in filled.items() if value is _NUMBERED_BY_ITSELF}
                connection.execute(insert(table).values({k: v for k, v in filled.items() if k not in numbered}))


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


def tables_that_must_be_planted(engine: Engine) -> set[str]:
    """Every table of the database with a column that can hold a word of a customer."""
    inspector = inspect(engine)
    return {
        table
        for table in inspector.get_table_names()
        if table not in RECORDS_OF_THE_DESK
        and any(isinstance(column["type"], (String, JSON)) for column in inspector.get_columns(table))
    }


def everything_in(engine: Engine) -> Iterator[tuple[str, str]]:
    """Every row of every table, by the table's name, as text."""
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            yield from ((table, str(tuple(row))) for row in _rows(connection, table))


def _rows(connection: Connection, table: str) -> Sequence[Any]:
    known = desk_metadata.tables.get(table)
    return connection.execute(select(known) if known is not None else select("*").select_from(_named(table))).all()


def _named(table: str) -> Any:
    from sqlalchemy import table as lightweight

    return lightweight(table)


_NUMBERED_BY_ITSELF = object()


def _filled(column: Column, who: Planted) -> Any:
    """A value for a column, with as many of the person's words as it takes."""
    if isinstance(column.type, UtcDateTime):
        return AT
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return _NUMBERED_BY_ITSELF if column.primary_key else who.number
    if isinstance(column.type, JSON):
        return {"kind": "notice", "text": who.words, "why": who.words}
    assert isinstance(column.type, String), f"say in tests/planted_persons.py what to plant in {column}"
    length = column.type.length or 10_000
    return next(text for text in (who.words, who.email, who.phone, "") if len(text) <= length)
