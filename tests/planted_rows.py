"""A person's rows in every table of the desk database, in every column that can hold a word of theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, String, insert, inspect
from sqlalchemy.engine import Engine

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata
from bot.adapters.sql.lookups import attempt_hash
from bot.core.email_addresses import comparable_email, masked_email
from tests.planted_persons import AT, SECRET, Planted

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


def tables_that_must_be_planted(engine: Engine) -> set[str]:
    """Every table of the database with a column that can hold a word of a customer."""
    inspector = inspect(engine)
    return {
        table
        for table in inspector.get_table_names()
        if table not in RECORDS_OF_THE_DESK
        and any(isinstance(column["type"], (String, JSON)) for column in inspector.get_columns(table))
    }


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
    assert isinstance(column.type, String), f"say in tests/planted_rows.py what to plant in {column}"
    length = column.type.length or 10_000
    return next(text for text in (who.words, who.email, who.phone, "") if len(text) <= length)
