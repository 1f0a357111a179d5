"""A person is planted everywhere and erased: nothing of them is left, and everything of others is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.conversation_tables import messages
from bot.adapters.sql.engines import forget_deleted, make_engine
from bot.adapters.sql.gap_tables import gap_dismissals, proposals
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.personal_records import SqlPersonalRecords, personal_data
from bot.adapters.sql.removal_tables import removals
from bot.adapters.sql.ticket_tables import tickets
from bot.core.email_addresses import comparable_email
from bot.services.ports import Unavailable
from bot.services.privacy_ports import Place
from tests.planted_persons import (
    ANNA,
    AT,
    BO,
    RECORDS_OF_THE_DESK,
    ROWS,
    SECRET,
    everything_in,
    plant,
    tables_that_must_be_planted,
)


@pytest.fixture
def records(desk_engine: Engine) -> Iterator[SqlPersonalRecords]:
    plant(desk_engine, ANNA)
    plant(desk_engine, BO)
    yield SqlPersonalRecords(desk_engine, SECRET)


def test_every_table_that_can_hold_a_customers_words_is_planted_and_erased_from(desk_engine: Engine) -> None:
    with desk_engine.connect() as connection:
        erased_from = {kind.name for kind in personal_data(connection, SECRET)}

    assert tables_that_must_be_planted(desk_engine) == set(ROWS) == erased_from
    assert not set(ROWS) & RECORDS_OF_THE_DESK


def test_planting_leaves_words_in_every_table(desk_engine: Engine, records: SqlPersonalRecords) -> None:
    assert {table for table, row in everything_in(desk_engine) if ANNA.is_in(row)} == set(ROWS)


def erase(records: SqlPersonalRecords, email: str) -> dict[str, int]:
    with records.opened() as opened:
        person = replace(opened.identify(email), references=frozenset({ANNA.reference}))
        return {kind.name: kind.erase(person) for kind in opened.kinds}


def test_nothing_of_an_erased_person_is_left_and_all_of_others_is(
    desk_engine: Engine, records: SqlPersonalRecords
) -> None:
    before = list(everything_in(desk_engine))

    erased = erase(records, ANNA.email)

    after = list(everything_in(desk_engine))
    assert [row for row in after if ANNA.is_in(row[1])] == []
    assert [row for row in before if BO.is_in(row[1])] == [row for row in after if BO.is_in(row[1])]
    assert erased == {
        "audit": 4, "feedback": 1, "offered_buttons": 1, "messages": 2, "conversations": 1, "lookup_details": 2,
        "lookup_attempts": 2, "ticket_events": 1, "outbox": 2, "uploads": 2, "tickets": 1,
        "gap_dismissals": 1, "proposals": 1, "proposal_tries": 1,
    }  # fmt: skip


def test_a_person_is_found_by_every_way_that_leads_to_them(records: SqlPersonalRecords) -> None:
    with records.opened() as opened:
        person = opened.identify("ÅSE.birkvåg@birkvik.EXAMPLE ")

    assert person.email == comparable_email(ANNA.email)
    assert person.tickets == (ANNA.ticket,)
    assert [file.id for file in person.files] == list(ANNA.files)
    assert person.written_references == {"len 418823", ANNA.reference}
    assert person.conversations.keys() == {"conversation-1", "other-1", "proved-1"}
    assert "T-2023-000001" in person.conversations["conversation-1"]
    assert "does not prove" in person.conversations["other-1"]
    assert "with this address and its reference" in person.conversations["proved-1"]


@pytest.mark.parametrize("email", ["se.birkvåg@birkvik.example", "%", "nordmo.example", "bo@nordmo.example.example"])
def test_another_address_is_another_person(records: SqlPersonalRecords, email: str) -> None:
    with records.opened() as opened:
        person = opened.identify(email)
        assert sum(kind.erase(person) for kind in opened.kinds) == 0
    assert (person.tickets, person.conversations, person.files) == ((), {}, ())


def test_the_log_stays_complete_and_still_tells_persons_apart(desk_engine: Engine, records: SqlPersonalRecords) -> None:
    with desk_engine.begin() as connection:
        before = connection.execute(select(audit).order_by(audit.c.position)).mappings().all()
    erase(records, ANNA.email)
    with desk_engine.begin() as connection:
        after = connection.execute(select(audit).order_by(audit.c.position)).mappings().all()

    assert [(row["position"], row["at"], row["agent_name"], row["action"]) for row in after] == [
        (row["position"], row["at"], row["agent_name"], row["action"]) for row in before
    ]
    by_email, by_ticket, by_file, by_claims = (row["subject"] for row in after[:4])
    assert by_file.startswith(f"{by_ticket} ‹erased ") and by_email != by_ticket
    claim, masked, _ = by_claims.split(" or ")
    assert by_claims == f"{claim} or {masked} or company Solberga → LEN-100200, {claim}" and masked.startswith(
        "‹erased"
    )
    assert after[0]["why"].startswith("Phone call: ‹erased ")


def test_an_export_has_everything_and_nothing_of_others(records: SqlPersonalRecords) -> None:
    with records.opened(keep=False) as opened:
        person = opened.identify(ANNA.email)
        exported = {kind.name: kind.export(person) for kind in opened.kinds}

    assert exported.keys() == set(ROWS) and all(exported.values())
    assert ANNA.words in str(exported["tickets"]) and ANNA.words in str(exported["messages"])
    assert not BO.is_in(str(exported))
    columns = {column for rows in exported.values() for row in rows for column in row}
    hashes = {"session_hash", "earlier_session_hash", "email_hash", "reference_hash", "digest"}
    assert not columns & {*hashes, "key", "searched", "form", "claim"}


def test_words_that_somebody_else_has_said_too_stay_where_they_are_quoted(
    desk_engine: Engine, records: SqlPersonalRecords
) -> None:
    with desk_engine.begin() as connection:
        of_bo = (messages.c.conversation_id == BO.conversation) & messages.c.reply.is_(None)
        connection.execute(update(messages).where(of_bo).values(text=ANNA.words))

    erased = erase(records, ANNA.email)

    assert (erased["gap_dismissals"], erased["proposals"], erased["proposal_tries"]) == (0, 0, 0)


def test_what_is_not_to_be_kept_is_taken_back(desk_engine: Engine, records: SqlPersonalRecords) -> None:
    before = list(everything_in(desk_engine))

    with records.opened(keep=False) as opened:
        person = opened.identify(ANNA.email)
        assert all(kind.erase(person) for kind in opened.kinds)
        opened.note_removals(Place.FILES, ANNA.files)

    assert list(everything_in(desk_engine)) == before


def test_an_erasure_that_fails_half_way_has_erased_nothing(desk_engine: Engine, records: SqlPersonalRecords) -> None:
    before = list(everything_in(desk_engine))

    with pytest.raises(Unavailable), records.opened() as opened:
        person = opened.identify(ANNA.email)
        for kind in opened.kinds:
            kind.erase(person)
        opened.note("somebody", "x", "y", None, is_erased=True)  # type: ignore[arg-type]

    assert list(everything_in(desk_engine)) == before


def test_the_address_in_words_of_others_is_told_and_stays(desk_engine: Engine, records: SqlPersonalRecords) -> None:
    with desk_engine.begin() as connection:
        row = dict(connection.execute(select(tickets).where(tickets.c.reference == BO.ticket)).mappings().one())
        row |= {"reference": "T-2023-000099", "number": 99, "form": "f99", "message": "Ask OLA@berg.example, please"}
        connection.execute(insert(tickets).values(row))

    with records.opened() as opened:
        assert list(map(str, opened.mentions("ola@berg.example"))) == ["tickets T-2023-000099"]
        assert opened.mentions("ol_@berg.example") == []


def test_of_what_held_the_address_only_records_of_others_still_do(
    desk_engine: Engine, records: SqlPersonalRecords
) -> None:
    with desk_engine.begin() as connection:
        of_anna = update(tickets).where(tickets.c.reference == ANNA.ticket)
        connection.execute(of_anna.values(message=f"My colleague is {BO.email}"))

    with records.opened() as opened:
        before = opened.mentions(BO.email)
        person = opened.identify(BO.email)
        for kind in opened.kinds:
            kind.erase(person)
        still = opened.still(BO.email, before)

    assert len(before) > 10 and list(map(str, still)) == [f"tickets {ANNA.ticket}"]


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


def test_deleted_rows_cannot_be_read_from_a_sqlite_file(tmp_path: Path) -> None:
    """Not even where rows have moved about: many are added, changed and removed around them."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    migrate(url, "desk")
    engine = make_engine(url)
    for _ in range(3):
        plant(engine, BO)
        plant(engine, ANNA)
        fill_around(engine)
        records = SqlPersonalRecords(engine, SECRET)
        erase(records, ANNA.email)
        erase(records, BO.email)
        with engine.begin() as connection:
            for decided in (proposals, gap_dismissals):  # these stay, without the words
                connection.execute(delete(decided))
    assert forget_deleted(engine)

    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert [mark for mark in ANNA.marks if mark.encode() in content] == [], file.name


def fill_around(engine: Engine) -> None:
    """Tickets of others that grow and shrink between those of the planted persons."""
    with engine.begin() as connection:
        row = dict(connection.execute(select(tickets).where(tickets.c.reference == BO.ticket)).mappings().one())
        connection.execute(delete(tickets).where(tickets.c.number >= 1000))
        for number in range(1000, 1200):
            new = {"reference": f"T-2023-{number:06d}", "number": number, "form": f"f{number}", "email": "x@y.example"}
            connection.execute(insert(tickets).values({**row, **new, "message": "word " * (number % 90)}))
        longer = update(tickets).where(tickets.c.reference == ANNA.ticket)
        connection.execute(longer.values(message=ANNA.words * 300))
        connection.execute(longer.values(message=ANNA.words))
        connection.execute(update(tickets).where(tickets.c.number % 3 == 0).values(message="w" * 3000))
        connection.execute(delete(tickets).where(tickets.c.number % 2 == 0, tickets.c.number >= 1000))
