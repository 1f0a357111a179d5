"""A person is found by every way that leads to them, also in the words of others."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine

from bot.adapters.sql.personal_records import SqlPersonalRecords, personal_data
from bot.adapters.sql.ticket_tables import tickets
from bot.core.email_addresses import comparable_email
from tests.planted_persons import ANNA, BO, SECRET, everything_in
from tests.planted_rows import RECORDS_OF_THE_DESK, ROWS, tables_that_must_be_planted


def test_every_table_that_can_hold_a_customers_words_is_planted_and_erased_from(desk_engine: Engine) -> None:
    with desk_engine.connect() as connection:
        erased_from = {kind.name for kind in personal_data(connection, SECRET)}

    assert tables_that_must_be_planted(desk_engine) == set(ROWS) == erased_from
    assert not set(ROWS) & RECORDS_OF_THE_DESK


def test_planting_leaves_words_in_every_table(desk_engine: Engine, records: SqlPersonalRecords) -> None:
    assert {table for table, row in everything_in(desk_engine) if ANNA.is_in(row)} == set(ROWS)


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
