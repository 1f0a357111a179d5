"""A person is planted everywhere and erased: nothing of them is left, and everything of others is."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.conversation_tables import messages
from bot.adapters.sql.engines import forget_deleted, make_engine
from bot.adapters.sql.gap_tables import gap_dismissals, proposals
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.personal_records import SqlPersonalRecords
from bot.adapters.sql.ticket_tables import tickets
from bot.services.ports import Unavailable
from bot.services.privacy_ports import Place
from tests.adapters.sql.personal_records.erasing import erase
from tests.planted_persons import ANNA, BO, SECRET, everything_in
from tests.planted_rows import plant


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
