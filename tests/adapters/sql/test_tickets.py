"""Tickets as they are opened: numbered, once for each form, with their mails."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.adapters.sql.ticket_events import keep_in_order
from bot.adapters.sql.ticket_tables import outbox, uploads
from bot.adapters.sql.ticket_tables import tickets as table
from bot.adapters.sql.tickets import SqlTickets
from bot.adapters.sql.uploads import SqlUploads
from bot.core.mails import Mail
from bot.core.tickets import TicketFile
from bot.services.ports import Unavailable
from bot.services.ticket_ports import Tickets
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeTickets
from tests.lamp_tickets import AT, TICKET, mails

FILE = TicketFile("file-one-of-the-ticket", "invoice.pdf", "application/pdf", 1200)


def test_tickets_are_numbered_within_their_year(tickets: Tickets) -> None:
    next_year = replace(TICKET, at=datetime(2024, 1, 2, tzinfo=timezone.utc))

    assert tickets.open(TICKET, "form 1", mails) == "T-2023-000001"
    assert tickets.open(TICKET, "form 2", mails) == "T-2023-000002"
    assert tickets.open(next_year, "form 3", mails) == "T-2024-000001"


def test_the_same_form_sent_twice_is_one_ticket(tickets: Tickets) -> None:
    first = tickets.open(TICKET, "form 1", mails)
    tickets.open(TICKET, "form 2", mails)

    assert tickets.open(replace(TICKET, message="changed"), "form 1", mails) == first
    assert tickets.sent_as("form 1") == first
    assert tickets.sent_as("form 3") is None


def test_the_same_form_is_one_ticket_though_its_conversation_was_ended(tickets: Tickets) -> None:
    first = tickets.open(TICKET, "form", mails)

    assert tickets.open(replace(TICKET, conversation="c2", transcript=()), "form", mails) == first


def test_a_ticket_is_found_as_it_was_opened(tickets: Tickets) -> None:
    reference = tickets.open(TICKET, "form", mails)

    kept = tickets.find(reference)

    assert kept is not None and (kept.reference, kept.version, kept.ticket) == (reference, 1, TICKET)
    assert tickets.find("T-2023-999999") is None


def test_the_tickets_of_a_conversation_are_found_from_a_moment_on(tickets: Tickets) -> None:
    later, others = replace(TICKET, at=AT + timedelta(minutes=5)), replace(TICKET, conversation="c2")
    for number, ticket in enumerate((TICKET, others, later)):
        tickets.open(ticket, f"form {number}", mails)

    def found(since: datetime) -> list[str]:
        return [kept.reference for kept in tickets.of_conversation("c1", since)]

    assert found(AT) == ["T-2023-000001", "T-2023-000003"]
    assert found(AT + timedelta(seconds=1)) == ["T-2023-000003"]
    assert found(AT + timedelta(minutes=6)) == tickets.of_conversation("c3", AT) == []
    assert tickets.of_conversation("c1", AT)[0].ticket == TICKET


def test_each_ticket_of_a_conversation_comes_with_its_own_files(desk_engine: Engine) -> None:
    port, files = SqlTickets(desk_engine), SqlUploads(desk_engine)
    other = replace(FILE, id="file-two", name="photo.jpg")
    for form, file in (("form 1", FILE), ("form 2", other)):
        files.add("c1", form, file, f"digest of {file.id}")
        port.open(replace(TICKET, files=(file,)), form, mails)

    assert [kept.ticket.files for kept in port.of_conversation("c1", AT)] == [(FILE,), (other,)]
    assert files.digests({FILE.id, "unknown"}) == {f"digest of {FILE.id}"}
    assert files.digests(()) == set()


def test_files_and_mails_come_with_the_ticket(desk_engine: Engine) -> None:
    SqlUploads(desk_engine).add("c1", "form", FILE, "digest")

    reference = SqlTickets(desk_engine).open(replace(TICKET, files=(FILE,)), "form", mails)

    kept = SqlTickets(desk_engine).find(reference)
    assert kept is not None and kept.ticket.files == (FILE,)
    with desk_engine.connect() as connection:
        waiting = connection.execute(select(outbox.c.ticket, outbox.c.kind)).all()
    assert sorted(waiting) == [(reference, "confirmation"), (reference, "support")]


def test_nothing_is_kept_if_a_file_is_gone(desk_engine: Engine) -> None:
    with pytest.raises(Unavailable):
        SqlTickets(desk_engine).open(replace(TICKET, files=(FILE,)), "form", mails)

    assert rows(desk_engine) == (0, 0, 0)


def test_nothing_is_kept_if_a_mail_cannot_be_written(desk_engine: Engine) -> None:
    SqlUploads(desk_engine).add("c1", "form", FILE, "digest")

    with pytest.raises(RuntimeError):
        SqlTickets(desk_engine).open(replace(TICKET, files=(FILE,)), "form", broken)

    assert rows(desk_engine) == (0, 1, 0)
    assert SqlUploads(desk_engine).unsent("form") == [FILE]


def test_forms_sent_at_once_get_numbers_of_their_own(desk_engine: Engine) -> None:
    port = SqlTickets(desk_engine)

    with ThreadPoolExecutor(4) as pool:
        references = list(pool.map(lambda number: port.open(TICKET, f"form {number}", mails), range(12)))

    assert sorted(references) == [f"T-2023-{number:06d}" for number in range(1, 13)]


def test_one_form_sent_many_times_at_once_is_one_ticket_with_two_mails(desk_engine: Engine) -> None:
    port = SqlTickets(desk_engine)
    SqlUploads(desk_engine).add("c1", "form", FILE, "digest")

    with ThreadPoolExecutor(6) as pool:
        references = set(pool.map(lambda _: port.open(replace(TICKET, files=(FILE,)), "form", mails), range(12)))

    assert references == {"T-2023-000001"}
    assert rows(desk_engine) == (1, 1, 2)


def test_two_desks_in_one_database_wait_for_their_own_tickets_only(tmp_path: Path) -> None:
    with (
        migrated_database("postgresql", tmp_path, "desk") as one,
        migrated_database("postgresql", tmp_path, "desk") as other,
        one.begin() as first,
        other.begin() as second,
        one.begin() as third,
    ):
        keep_in_order(first)
        for connection in (second, third):
            connection.execute(text("SET LOCAL lock_timeout = '500ms'"))
        keep_in_order(second)
        with pytest.raises(OperationalError, match="lock timeout"):
            keep_in_order(third)


def broken(reference: str) -> list[Mail]:
    raise RuntimeError("no words")


def rows(engine: Engine) -> tuple[int, ...]:
    """How many tickets, files and mails there are."""
    with engine.connect() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(one)).scalar_one() for one in (table, uploads, outbox)
        )


@pytest.fixture(params=("fake", *BACKENDS))
def tickets(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tickets]:
    """The port, empty: the fake, and the real one on every database."""
    if request.param == "fake":
        yield FakeTickets()
        return
    with migrated_database(request.param, tmp_path, "desk") as engine:
        yield SqlTickets(engine)
