"""An empty desk is filled for a demonstration, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.conversation_tables import conversations, feedback, messages
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.desk_tables import lookup_attempts
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.insights import SAMPLE_SESSION
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.ticket_tables import outbox, tickets, uploads
from bot.commands.sample_activity import sample_activity
from bot.config import Settings, read_settings
from bot.services.ports import InvalidInput
from tests.databases import BACKENDS, empty_database

COUNTED = (conversations, messages, feedback, lookup_attempts, tickets)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(
        {"PROMODESK_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}", "PROMODESK_TODAY": "2023-12-15"}
    )


def counts(settings: Settings) -> dict[str, int]:
    with make_engine(settings.database_url).connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (*COUNTED, outbox, uploads)
        }


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_empty_desk_is_filled_and_told_what_with(backend: str, settings: Settings, tmp_path: Path) -> None:
    with empty_database(backend, tmp_path) as url:
        filled, said = replace(settings, database_url=url), StringIO()
        assert sample_activity(filled, console=Console(file=said, soft_wrap=True)) == 0
        made = counts(filled)
        assert made["conversations"] > 300 and made["feedback"] > 100 and made["tickets"] > 20
        assert (made["outbox"], made["uploads"]) == (0, 0)
        for table in COUNTED:
            assert str(made[table.name]) in said.getvalue()
        engine = make_engine(url)
        with engine.connect() as connection:
            states = set(connection.execute(select(tickets.c.state)).scalars())
            sessions = set(connection.execute(select(conversations.c.session_hash)).scalars())
        assert states == {"new", "open", "waiting_for_customer", "resolved", "spam"}
        assert all(session.startswith(SAMPLE_SESSION) for session in sessions)
        engine.dispose()


def test_a_desk_that_acts_on_the_real_date_is_left_alone(settings: Settings) -> None:
    with pytest.raises(InvalidInput, match="--demo"):
        sample_activity(replace(settings, today=None))
    migrate(settings.database_url, "desk")
    assert counts(settings)["conversations"] == 0
    sample_activity(replace(settings, today=None), demo=True)
    assert counts(settings)["conversations"] > 300


def test_a_desk_that_was_used_is_left_alone(settings: Settings) -> None:
    migrate(settings.database_url, "desk")
    engine: Engine = make_engine(settings.database_url)
    SqlConversations(engine).start("session", "lamps", datetime(2023, 12, 1, 9).astimezone())
    with pytest.raises(InvalidInput, match="empty one only"):
        sample_activity(settings)
    assert counts(settings)["conversations"] == 1


def test_what_was_made_before_is_not_made_twice(settings: Settings) -> None:
    sample_activity(settings)
    before = counts(settings)
    with pytest.raises(InvalidInput, match="empty one only"):
        sample_activity(replace(settings, today=date(2023, 12, 20)))
    assert counts(settings) == before


def test_tickets_bring_their_conversation_along(settings: Settings) -> None:
    sample_activity(settings)
    with make_engine(settings.database_url).connect() as connection:
        kept = connection.execute(select(tickets)).mappings().all()
    assert all(ticket["transcript"] and ticket["answers"] and ticket["email"].endswith(".example") for ticket in kept)
    assert all(ticket["created_at"] <= ticket["changed_at"] for ticket in kept)
    assert len({ticket["topic"] for ticket in kept}) > 5
