"""What is noted of an erasure and of an export."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.personal_records import SqlPersonalRecords
from bot.adapters.sql.removal_tables import removals
from bot.services.privacy_ports import Place
from tests.planted_persons import ANNA, AT


def test_removals_are_noted_once(desk_engine: Engine, records: SqlPersonalRecords) -> None:
    for _ in range(2):
        with records.opened() as opened:
            opened.note_removals(Place.FILES, ANNA.files)
            opened.note_removals(Place.RASA, [])
    with desk_engine.connect() as connection:
        assert len(connection.execute(select(removals)).all()) == 2


def test_an_erased_person_is_noted_by_a_hash_and_an_exported_one_by_name(
    desk_engine: Engine, records: SqlPersonalRecords
) -> None:
    with records.opened() as opened:
        opened.note("root", "person_exported", "ola@berg.example", AT, is_erased=False)
        opened.note("root", "person_erased", "ola@berg.example", AT, is_erased=True)
    with desk_engine.connect() as connection:
        *_, exported, erased = connection.execute(select(audit).order_by(audit.c.position)).mappings()
    assert exported["subject"] == "ola@berg.example" and exported["agent_name"] == "root"
    assert erased["subject"].startswith("‹erased ")
