"""A desk that has tickets already gets a queue: nothing of them is lost on the way."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.migrate import MIGRATIONS, migrate
from bot.adapters.sql.outbox import add_to_outbox
from bot.adapters.sql.ticket_events import SqlQueueNews
from bot.adapters.sql.ticket_queue import SqlQueue
from bot.adapters.sql.ticket_work import SqlTicketWork
from bot.adapters.sql.tickets import SqlTickets
from bot.core.mails import Mail, MailKind
from bot.core.ticket_deadlines import Deadlines
from bot.core.ticket_queue import QueueFilter, StateGroup
from bot.core.ticket_work import EventKind
from bot.services.queue_ports import Question, WorkedTicket
from tests.lamp_tickets import TICKET, mails

OPENED, CHANGED = (datetime(2023, 10, day, 12, tzinfo=timezone.utc) for day in (5, 6))
OLDER = (("open", "Åse"), ("new", "Bo"), ("resolved", "Cai"))


def test_tickets_of_an_older_desk_can_be_worked_on_and_keep_their_files_and_mails(empty_url: str) -> None:
    engine = make_engine(empty_url)
    migrate(empty_url, "desk", "0004")
    with engine.begin() as connection:
        for number, (state, name) in enumerate(OLDER, start=1):
            _insert_older_ticket(connection, f"T-2023-00000{number}", number, state, name)

    migrate(empty_url, "desk")

    found = [_found(engine, f"T-2023-00000{number}") for number in (1, 2, 3)]
    assert [(kept.ticket.name, kept.version, kept.progress.assignee) for kept in found] == [
        ("Åse", 4, None), ("Bo", 4, None), ("Cai", 4, None),
    ]  # fmt: skip
    assert [kept.progress.turn_since for kept in found] == [OPENED, OPENED, CHANGED]
    assert [kept.progress.resolved_at for kept in found] == [None, None, CHANGED]
    for kept in found:
        _assert_complete(kept)
    question = Question(QueueFilter(StateGroup.ALL, search="åse"), "a1", Deadlines(2, 14).cutoffs(CHANGED))
    assert [row.reference for row in SqlQueue(engine, "lamps").page(question, 9).rows] == ["T-2023-000001"]
    assert SqlQueueNews(engine, "lamps").last() == 3
    engine.dispose()


def _assert_complete(kept: WorkedTicket) -> None:
    assert [file.name for file in kept.ticket.files] == ["invoice.pdf"]
    (opened,) = kept.events
    assert (opened.kind, opened.at, opened.version) == (EventKind.OPENED, OPENED, 1)
    sent = [(mail.kind.value, mail.state.value) for mail in opened.mails]
    assert sent == [("support", "waiting"), ("confirmation", "sent")]
    assert kept.thread.ids == (f"<c{kept.reference}@desk.test>",)


def test_a_ticket_has_each_automatic_mail_once_and_any_number_of_answers(desk_engine: Engine) -> None:
    reference = SqlTickets(desk_engine).open(TICKET, "form", mails)
    answers = [Mail(MailKind.ANSWER, f"<{number}@desk.test>", "a@b.example", "Re", "Body") for number in range(3)]
    again = Mail(MailKind.CONFIRMATION, "<again@desk.test>", "a@b.example", "Subject", "Body")

    with desk_engine.begin() as connection:
        add_to_outbox(connection, reference, answers, datetime.now(timezone.utc))

    with pytest.raises(IntegrityError), desk_engine.begin() as connection:
        add_to_outbox(connection, reference, [again], datetime.now(timezone.utc))


def test_a_desk_can_go_back_and_forward_again(empty_url: str) -> None:
    engine = make_engine(empty_url)
    migrate(empty_url, "desk")
    reference = SqlTickets(engine).open(TICKET, "form", mails)
    engine.dispose()

    _downgrade(empty_url, "0004")
    migrate(empty_url, "desk")

    assert [len(event.mails) for event in _found(engine, reference).events] == [2]
    engine.dispose()


def _found(engine: Engine, reference: str) -> WorkedTicket:
    kept = SqlTicketWork(engine, "lamps").find(reference)
    assert kept is not None
    return kept


def _insert_older_ticket(connection: Connection, reference: str, number: int, state: str, name: str) -> None:
    connection.execute(
        text(
            "INSERT INTO tickets (reference, year, number, promotion, conversation_id, form, name, email, company, "
            "claim_reference, message, transcript, created_at, state, version, topic, lines_left_out, answers, changed_at) "
            "VALUES (:reference, 2023, :number, 'lamps', 'c1', :reference, :name, 'a@b.example', '', '', 'Where?', '[]', "
            "'2023-10-05 12:00:00+00:00', :state, 4, '', 0, '[]', '2023-10-06 12:00:00+00:00')"
        ),
        {"reference": reference, "number": number, "state": state, "name": name},
    )
    connection.execute(
        text(
            "INSERT INTO uploads (id, conversation_id, form, ticket, name, media_type, size, digest, created_at) "
            "VALUES (:id, 'c1', :id, :reference, 'invoice.pdf', 'application/pdf', 9, 'd', '2023-10-05 12:00:00+00:00')"
        ),
        {"id": f"a-file-of-{reference}", "reference": reference},
    )
    for kind, sent_at in (("support", None), ("confirmation", "2023-10-05 12:01:00+00:00")):
        connection.execute(
            text(
                "INSERT INTO outbox (message_id, ticket, kind, recipient, reply_to, subject, body, created_at, due_at, "
                "attempts, refusals, answers_missing, sent_at, problem) VALUES (:id, :reference, :kind, 'a@b.example', '', "
                "'S', 'B', '2023-10-05 12:00:00+00:00', '2023-10-05 12:00:00+00:00', 0, 0, 0, :sent_at, '')"
            ),
            {"id": f"<{kind[0]}{reference}@desk.test>", "reference": reference, "kind": kind, "sent_at": sent_at},
        )


def _downgrade(url: str, to: str) -> None:
    """As an operator would who has to run an older release once more."""
    engine = make_engine(url)
    with engine.connect() as connection, connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        configuration = Config()
        configuration.set_main_option("script_location", str(MIGRATIONS / "desk"))
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, to)
    engine.dispose()
