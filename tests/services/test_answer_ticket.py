"""Answers over a real database and a real mail server: each is sent once, in one thread, and never over another's change."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from sqlalchemy import func, select, update

from bot.adapters.smtp import SmtpMailer, smtp_server
from bot.adapters.sql.outbox import SqlOutbox
from bot.adapters.sql.ticket_tables import outbox
from bot.core.mails import MailState
from bot.core.ticket_work import Colleague, EventKind
from bot.core.tickets import ForbiddenTransition, TicketState
from bot.services.answer_ticket import answer_ticket
from bot.services.assign_ticket import assign_ticket
from bot.services.change_ticket import ChangedMeanwhile, UnknownTicket
from bot.services.deliver_mail import MailDesk, deliver_mail
from bot.services.move_ticket import move_ticket
from bot.services.note_on_ticket import note_on_ticket
from bot.services.ports import Unavailable
from bot.services.written_words import LONGEST_WORDS, UnusableWords
from tests.fakes import FakeClock
from tests.mail_server import MailServer
from tests.tickets import ANNA, BO, NOW, Desk

WAITING, RESOLVED = TicketState.WAITING, TicketState.RESOLVED


def test_an_answer_arrives_in_the_thread_of_the_confirmation(desk: Desk, server: MailServer) -> None:
    reference = desk.open(name="Åse Bjørk", email="ase@bjork.example", message="Where is {my} money?")
    answer_ticket(desk.queue, desk.asked(ANNA, reference), "Dear Åse,\r\n\r\nit was paid today: 3.150 {kr}.", WAITING)
    answer_ticket(desk.queue, desk.asked(BO, reference), "One more thing.", RESOLVED)

    mails = delivered(desk, server)

    confirmation, first, second = (mail for mail in mails if mail["To"] == "ase@bjork.example")
    assert subject(confirmation).startswith(f"[{reference}] ")
    assert subject(first) == subject(second) == f"Re: {subject(confirmation)}"
    assert first["In-Reply-To"] == first["References"] == confirmation["Message-ID"]
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["References"].split() == [confirmation["Message-ID"], first["Message-ID"]]
    assert (first["From"], first["Reply-To"]) == ("no-reply@desk.test", "support@desk.test")
    assert first["Auto-Submitted"] is None and first["X-Auto-Response-Suppress"] is None
    assert confirmation["Auto-Submitted"] == "auto-replied"
    words = first.get_content().replace("\r\n", "\n")
    assert words.startswith("Dear Åse,\n\nit was paid today: 3.150 {kr}.\n") and reference in words
    assert "money" not in words, "nothing of the form is repeated"


def test_an_answer_to_a_ticket_without_confirmation_has_a_subject_of_its_own(desk: Desk, server: MailServer) -> None:
    reference = desk.open()
    with desk.engine.begin() as connection:
        connection.execute(outbox.delete())

    answer_ticket(desk.queue, desk.asked(ANNA, reference), "Hello.", WAITING)

    (mail,) = delivered(desk, server)
    assert subject(mail).startswith(f"Re: [{reference}] ")
    assert mail["In-Reply-To"] is None and mail["References"] is None


def test_the_ticket_goes_where_the_agent_says_and_to_the_agent_if_nobody_had_it(desk: Desk) -> None:
    reference = desk.open()

    answer_ticket(desk.queue, desk.asked(ANNA, reference), "Hello.", RESOLVED)

    kept = desk.find(reference)
    assert (kept.progress.state, kept.progress.resolved_at, kept.progress.first_answered_at) == (RESOLVED, NOW, NOW)
    assert kept.progress.assignee == Colleague(ANNA.id, ANNA.name)
    assert [event.kind for event in kept.events] == [EventKind.OPENED, EventKind.ASSIGNED, EventKind.ANSWERED]
    assert kept.events[-1].text == "Hello." and kept.events[-1].mails[0].state is MailState.WAITING
    assert desk.audited() == [(ANNA.name, "ticket_answered", reference)]


def test_a_double_click_sends_one_mail(desk: Desk) -> None:
    reference = desk.open()
    asked = desk.asked(ANNA, reference)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: answer_ticket(desk.queue, asked, "Hello.", WAITING), range(8)))

    assert mails_of(desk, "answer") == 1
    assert [event.kind.value for event in desk.find(reference).events].count("answered") == 1
    assert len(desk.audited()) == 1


def test_a_double_click_is_one_answer_though_somebody_else_writes_in_between(desk: Desk) -> None:
    reference = desk.open()
    asked = desk.asked(ANNA, reference)
    answer_ticket(desk.queue, asked, "Hello.", WAITING)
    note_on_ticket(desk.queue, desk.asked(BO, reference), "Well done.")

    answer_ticket(desk.queue, asked, "Hello.", WAITING)

    assert mails_of(desk, "answer") == 1


@pytest.mark.parametrize(("words", "state"), [("Hello again.", WAITING), ("Hello.", RESOLVED)])
def test_what_is_edited_after_it_was_sent_is_not_taken_for_sent(desk: Desk, words: str, state: TicketState) -> None:
    asked = desk.asked(ANNA, desk.open())
    answer_ticket(desk.queue, asked, "Hello.", WAITING)

    with pytest.raises(ChangedMeanwhile) as changed:
        answer_ticket(desk.queue, asked, words, state)

    assert [event.text for event in changed.value.since] == ["", "Hello."]
    assert mails_of(desk, "answer") == 1


def test_who_answers_an_older_version_is_told_who_changed_what(desk: Desk) -> None:
    reference = desk.open()
    asked = desk.asked(BO, reference)
    answer_ticket(desk.queue, desk.asked(ANNA, reference), "I was first.", WAITING)
    note_on_ticket(desk.queue, desk.asked(ANNA, reference), "All is said.")

    with pytest.raises(ChangedMeanwhile) as changed:
        answer_ticket(desk.queue, asked, "Me too.", RESOLVED)

    told = changed.value
    assert [(event.by.name, event.text) for event in told.since if event.by and event.text] == [
        ("Anna Holm", "I was first."), ("Anna Holm", "All is said."),
    ]  # fmt: skip
    assert mails_of(desk, "answer") == 1
    answer_ticket(desk.queue, desk.asked(BO, reference, told.kept.version, asked.key), "Me too.", RESOLVED)
    assert mails_of(desk, "answer") == 2 and desk.find(reference).progress.state is RESOLVED


def test_of_two_who_answer_at_once_one_is_sent_and_the_other_told(desk: Desk) -> None:
    reference = desk.open()
    forms = [desk.asked(agent, reference) for agent in (ANNA, BO)]

    def send(number: int) -> str:
        try:
            answer_ticket(desk.queue, forms[number], f"From {number}", WAITING)
        except ChangedMeanwhile as changed:
            return f"told of {changed.since[-1].text}"
        return f"sent {number}"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(send, (0, 1)))

    assert outcomes in (["sent 0", "told of From 0"], ["sent 1", "told of From 1"])
    assert mails_of(desk, "answer") == 1


@pytest.mark.parametrize(
    ("typed", "key"),
    [("", "desk_words_missing"), (" \r\n\t\u202e\x00", "desk_words_missing"), ("x" * 10_000, "desk_words_too_long")],
)
def test_an_answer_without_words_or_without_end_is_not_sent(desk: Desk, typed: str, key: str) -> None:
    reference = desk.open()
    with pytest.raises(UnusableWords) as refused:
        answer_ticket(desk.queue, desk.asked(ANNA, reference), typed, WAITING)
    assert refused.value.key == key and desk.find(reference).version == 1
    answer_ticket(desk.queue, desk.asked(ANNA, reference), "ø" * LONGEST_WORDS, WAITING)


def test_spam_gets_no_answer_and_an_unknown_ticket_neither(desk: Desk) -> None:
    reference = desk.open()
    move_ticket(desk.queue, desk.asked(ANNA, reference), TicketState.SPAM)
    with pytest.raises(ForbiddenTransition):
        answer_ticket(desk.queue, desk.asked(ANNA, reference), "Hello.", WAITING)
    with pytest.raises(UnknownTicket):
        answer_ticket(desk.queue, desk.asked(ANNA, "T-2023-000999", version=1), "Hello.", WAITING)
    assert mails_of(desk, "answer") == 0


def test_an_answer_that_cannot_be_kept_whole_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = desk.open()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE ticket_events RENAME TO away")
        connection.exec_driver_sql("CREATE TABLE ticket_events AS SELECT * FROM away WHERE 1 = 0")
        connection.exec_driver_sql("ALTER TABLE ticket_events DROP COLUMN text")
    with pytest.raises(Unavailable):
        answer_ticket(desk.queue, desk.asked(ANNA, reference, version=1), "Hello.", WAITING)
    assert mails_of(desk, "answer") == 0


def test_the_worker_never_sends_an_answer_twice_after_its_acceptance_was_heard(desk: Desk, server: MailServer) -> None:
    reference = desk.open()
    answer_ticket(desk.queue, desk.asked(ANNA, reference), "Hello.", WAITING)
    delivered(desk, server)
    with desk.engine.begin() as connection:
        connection.execute(update(outbox).values(due_at=NOW))

    assert len(delivered(desk, server)) == 3
    assert desk.find(reference).events[-1].mails[0].state is MailState.SENT


def test_the_first_answer_is_noted_and_a_later_one_does_not_change_that(desk: Desk) -> None:
    reference = desk.open(timedelta(hours=3))
    assign_ticket(desk.queue, desk.asked(BO, reference), BO.id)
    answer_ticket(desk.queue, desk.asked(ANNA, reference), "Hello.", WAITING)
    desk.clock.move(timedelta(days=1))
    answer_ticket(desk.queue, desk.asked(ANNA, reference), "Hello?", WAITING)

    progress = desk.find(reference).progress
    assert (progress.first_answered_at, progress.turn_since) == (NOW, NOW + timedelta(days=1))
    assert progress.assignee == Colleague(BO.id, BO.name)


def delivered(desk: Desk, server: MailServer) -> list[EmailMessage]:
    """Let the worker deliver everything; all that the server has accepted so far, in order."""
    clock = FakeClock(datetime.now(timezone.utc) + timedelta(minutes=1))
    worker = MailDesk(
        SqlOutbox(desk.engine), SmtpMailer(smtp_server(server.url), "no-reply@desk.test"), clock, lambda seconds: None
    )
    while deliver_mail(worker):
        pass
    return [message_from_bytes(mail["text"].encode(), policy=default) for mail in server.mails]  # type: ignore[misc]


def subject(mail: EmailMessage) -> str:
    """On one line: a long one is folded on its way."""
    return " ".join(str(mail["Subject"]).split())


def mails_of(desk: Desk, kind: str) -> int:
    with desk.engine.connect() as connection:
        return connection.execute(select(func.count()).where(outbox.c.kind == kind)).scalar_one()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running
