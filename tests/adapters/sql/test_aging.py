"""What was kept for long enough is deleted from every table, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import agent_sessions, agents, audit, sign_in_attempts, sign_in_links
from bot.adapters.sql.agent_sessions import ATTEMPTS_KEPT
from bot.adapters.sql.aging import aging_data
from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.conversation_tables import conversations, messages
from bot.adapters.sql.desk_tables import desk_metadata, lookup_attempts, lookup_details
from bot.adapters.sql.gap_tables import gap_dismissals, proposals
from bot.adapters.sql.outbox import SqlOutbox
from bot.adapters.sql.removal_tables import removals
from bot.adapters.sql.ticket_tables import outbox, ticket_events, tickets, uploads
from bot.adapters.sql.tracker_events import TrackerEvents
from bot.core.retention import Kept
from bot.services.privacy_ports import AgingData
from tests.planted_persons import ANNA, BO, everything_in
from tests.planted_rows import ROWS, plant

BEFORE = datetime(2026, 1, 1, tzinfo=timezone.utc)
OLD, YOUNG = BEFORE - timedelta(seconds=1), BEFORE
HOUR = timedelta(hours=1)


def kind(engine: Engine, name: str) -> AgingData:
    (found,) = (data for data in aging_data(engine) if data.name == name)
    return found


def drop(engine: Engine, name: str, most: int = 1000) -> int:
    data = kind(engine, name)
    found = data.count(BEFORE)
    assert sum(data.drop(BEFORE, most)) == found and data.count(BEFORE) == 0
    return found


def add(engine: Engine, table: Table, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table).values(values))


def rows(engine: Engine, column: Any) -> list[Any]:
    with engine.connect() as connection:
        return sorted(connection.execute(select(column)).scalars())


def test_every_kind_that_is_kept_for_so_long_is_deleted(desk_engine: Engine) -> None:
    """Files go with their tickets."""
    deleted = {data.kept for data in (*aging_data(desk_engine), TrackerEvents(desk_engine)) if data.kept}
    assert deleted == {*Kept} - {Kept.FILES}


def test_a_conversation_goes_with_all_that_was_said_and_given_in_it(desk_engine: Engine) -> None:
    plant(desk_engine, ANNA)
    plant(desk_engine, BO)
    with desk_engine.begin() as connection:
        own = conversations.c.id == ANNA.conversation
        connection.execute(update(conversations).values(last_seen_at=YOUNG))
        connection.execute(update(conversations).where(own).values(last_seen_at=OLD))
    before = list(everything_in(desk_engine))

    assert drop(desk_engine, "conversations") == 1

    after = list(everything_in(desk_engine))
    gone = {"conversations", "messages", "offered_buttons", "feedback"}
    assert not [row for row in after if row[0] in gone and ANNA.is_in(row[1])]
    assert ANNA.conversation not in rows(desk_engine, lookup_details.c.conversation)
    assert [row for row in before if BO.is_in(row[1])] == [row for row in after if BO.is_in(row[1])]
    assert rows(desk_engine, removals.c.place + " " + removals.c.key) == [f"rasa {ANNA.conversation}"]


@pytest.mark.parametrize(
    ("state", "changed_at", "goes"),
    [("resolved", OLD, True), ("spam", OLD, True), ("resolved", YOUNG, False), ("new", OLD, False),
     ("open", OLD, False), ("waiting_for_customer", OLD, False)],
)  # fmt: skip
def test_a_ticket_goes_with_its_files_and_mails_once_it_is_done_with(
    desk_engine: Engine, state: str, changed_at: datetime, goes: bool
) -> None:
    plant(desk_engine, ANNA)
    with desk_engine.begin() as connection:
        connection.execute(update(tickets).values(state=state, changed_at=changed_at))

    assert drop(desk_engine, "tickets") == int(goes)

    sent, unsent = ANNA.files
    assert rows(desk_engine, tickets.c.reference) == ([] if goes else [ANNA.ticket])
    assert rows(desk_engine, uploads.c.id) == ([unsent] if goes else [unsent, sent])
    assert len(rows(desk_engine, outbox.c.id)) == (0 if goes else 2)
    assert len(rows(desk_engine, ticket_events.c.position)) == (0 if goes else 1)
    assert rows(desk_engine, removals.c.key) == (sorted([sent, ANNA.ticket]) if goes else [])


def test_only_files_that_were_never_sent_go_by_themselves(desk_engine: Engine) -> None:
    plant(desk_engine, ANNA)
    with desk_engine.begin() as connection:
        connection.execute(update(uploads).values(created_at=OLD))

    assert drop(desk_engine, "unsent files") == 1

    sent, unsent = ANNA.files
    assert rows(desk_engine, uploads.c.id) == [sent] and rows(desk_engine, removals.c.key) == [unsent]


def test_a_mail_that_was_given_up_long_ago_is_kept_without_its_words(desk_engine: Engine) -> None:
    plant(desk_engine, ANNA)
    plant(desk_engine, BO)
    with desk_engine.begin() as connection:
        for who, sent in ((ANNA, OLD), (BO, YOUNG)):
            connection.execute(update(outbox).where(outbox.c.ticket == who.ticket).values(sent_at=sent, body=who.words))
        of_anna = outbox.c.ticket == ANNA.ticket
        waiting, given_up = (of_anna & (outbox.c.kind == kind) for kind in ("support", "confirmation"))
        connection.execute(update(outbox).values(given_up_at=None))
        connection.execute(update(outbox).where(waiting).values(sent_at=None))
        connection.execute(update(outbox).where(given_up).values(sent_at=None, given_up_at=OLD))

    assert drop(desk_engine, "words of mails") == 1

    assert SqlOutbox(desk_engine).try_again() == 0, "without its words no mail is sent again"
    assert rows(desk_engine, outbox.c.body) == sorted(["", ANNA.words, BO.words, BO.words])


def test_a_mail_that_was_sent_long_ago_is_kept_without_its_words(desk_engine: Engine) -> None:
    plant(desk_engine, ANNA)
    with desk_engine.begin() as connection:
        connection.execute(update(outbox).values(given_up_at=None, sent_at=YOUNG))
        connection.execute(update(outbox).where(outbox.c.kind == "support").values(sent_at=OLD))

    assert drop(desk_engine, "words of mails") == 1

    assert rows(desk_engine, outbox.c.body) == ["", ANNA.words]


def test_decisions_about_gaps_stay_without_the_words_they_quote(desk_engine: Engine) -> None:
    for who, at in ((ANNA, OLD), (BO, YOUNG)):
        plant(desk_engine, who)
        with desk_engine.begin() as connection:
            phrase = f"phrase {who.number}"
            connection.execute(update(gap_dismissals).where(gap_dismissals.c.phrase == phrase).values(decided_at=at))
            connection.execute(update(proposals).where(proposals.c.number == who.number).values(made_at=at))

    assert [drop(desk_engine, f"words of {which} gaps") for which in ("dismissed", "proposed")] == [1, 1]

    assert rows(desk_engine, gap_dismissals.c.text) == rows(desk_engine, proposals.c.group_text) == ["", BO.words]
    assert rows(desk_engine, gap_dismissals.c.phrase) == ["phrase 1", "phrase 2"]


AGENT: Mapping[str, Any] = {
    "id": "a", "email": "a@desk.example", "name": "A", "role": "agent", "is_disabled": False, "password_hash": "",
    "sealed_secret": "", "last_step": 0, "created_at": OLD,
}  # fmt: skip
SESSION: Mapping[str, Any] = {"agent": "a", "device": "a browser", "awaits_code": False}
LINK: Mapping[str, Any] = {"agent": "a", "sets_password": True}
ENTRY: Mapping[str, Any] = {"agent_id": "a", "agent_name": "A", "action": "seen", "subject": "T", "why": ""}
TRIED: Mapping[str, Any] = {"conversation": "c", "reference_hash": "r", "email_hash": "e", "succeeded": False}


def test_what_agents_are_signed_in_with_goes_when_it_is_over(desk_engine: Engine) -> None:
    add(desk_engine, agents, **AGENT)
    moments = {"idle": (OLD, OLD - HOUR), "long": (OLD - 12 * HOUR, YOUNG), "in use": (YOUNG - 11 * HOUR, YOUNG - HOUR)}
    for id, (began_at, last_seen_at) in moments.items():
        add(desk_engine, agent_sessions, token_hash=id, id=id, began_at=began_at, last_seen_at=last_seen_at, **SESSION)
    for token, expires_at in (("over", OLD), ("works", YOUNG)):
        add(desk_engine, sign_in_links, token_hash=token, expires_at=expires_at, **LINK)
    for who, at in (("old", OLD), ("young", YOUNG)):
        add(desk_engine, sign_in_attempts, who=who, at=at - ATTEMPTS_KEPT)

    assert [drop(desk_engine, name) for name in ("agents' sessions", "sign-in links", "sign-in attempts")] == [2, 1, 1]

    assert rows(desk_engine, agent_sessions.c.id) == ["in use"]
    assert rows(desk_engine, sign_in_links.c.token_hash) == ["works"]
    assert rows(desk_engine, sign_in_attempts.c.who) == ["young"]
    assert rows(desk_engine, agents.c.id) == ["a"]


def test_look_ups_and_the_audit_log_go_by_age(desk_engine: Engine) -> None:
    for moment in (OLD, YOUNG):
        add(desk_engine, lookup_details, conversation=str(moment), kept_at=moment)
        add(desk_engine, lookup_attempts, attempted_at=moment, **TRIED)
        add(desk_engine, audit, at=moment, **ENTRY)

    assert [drop(desk_engine, name) for name in ("look-up details", "look-up attempts", "audit log")] == [1, 1, 1]

    for column in (lookup_details.c.kept_at, lookup_attempts.c.attempted_at, audit.c.at):
        assert rows(desk_engine, column) == [YOUNG]


def test_many_go_in_small_transactions_and_what_was_interrupted_goes_on(desk_engine: Engine) -> None:
    for _ in range(25):
        add(desk_engine, audit, at=OLD, **ENTRY)
    data = kind(desk_engine, "audit log")

    interrupted = iter(data.drop(BEFORE, 10))
    assert next(interrupted) == 10
    assert data.count(BEFORE) == 15
    assert list(data.drop(BEFORE, 10)) == [10, 5]


def test_two_that_delete_at_once_delete_everything_once(desk_engine: Engine) -> None:
    for number in range(60):
        add(
            desk_engine, conversations, id=f"c{number}", session_hash=f"s{number}", reference=f"r{number}",
            promotion="lamps", started_at=OLD, last_seen_at=OLD,
        )  # fmt: skip
        add(desk_engine, messages, id=f"m{number}", conversation_id=f"c{number}", text="Hello", created_at=OLD)

    with ThreadPoolExecutor(2) as pool:
        dropped = sum(pool.map(lambda _: sum(kind(desk_engine, "conversations").drop(BEFORE, 70)), range(2)))

    with desk_engine.connect() as connection:
        left = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (conversations, messages)
        ]
    assert left == [0, 0] and len(rows(desk_engine, removals.c.key)) == dropped == 60


def test_nothing_that_is_planted_young_is_ever_old(desk_engine: Engine) -> None:
    for who in (ANNA, BO):
        plant(desk_engine, who)
    with desk_engine.begin() as connection:
        for name in ROWS:
            table = desk_metadata.tables[name]
            moments = {column.name: YOUNG for column in table.columns if isinstance(column.type, UtcDateTime)}
            if moments:
                connection.execute(update(table).values(moments))

    assert {data.name: data.count(BEFORE) for data in aging_data(desk_engine) if data.count(BEFORE)} == {}
