"""A change of a ticket, its event and its mail are one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.outbox import SqlOutbox
from bot.adapters.sql.ticket_tables import outbox, ticket_events
from bot.adapters.sql.tickets import SqlTickets
from bot.core.mails import Mail, MailKind, MailState
from bot.core.ticket_work import Colleague, EventKind, Progress, TicketEvent
from bot.core.tickets import TicketState
from bot.services.queue_ports import Change, WorkedTicket
from tests.tickets import NOW, TICKET, Desk

ANNA, BO = Colleague("a1", "Anna Holm"), Colleague("b2", "Bo Lund")
LATER = datetime.now(timezone.utc) + timedelta(days=1)
"""When every mail is due."""


def answer(kept: WorkedTicket, key: str = "key", words: str = "It is on its way.") -> Change:
    progress = kept.progress.answered(TicketState.WAITING, NOW, ANNA)
    event = TicketEvent(
        EventKind.ANSWERED, NOW, ANNA, words, before=kept.progress.state, after=TicketState.WAITING, key=key
    )
    mail = Mail(
        MailKind.ANSWER, f"<{key}@desk.test>", "ane@birkvik.example", "Re: S", words, "in@desk.test", ("<a@b>", "<c@d>")
    )
    return Change(progress, (event,), mail)


def note(kept: WorkedTicket, key: str) -> Change:
    return Change(kept.progress, (TicketEvent(EventKind.NOTE, NOW, BO, "hm", key=key),))


def test_a_change_is_read_back_as_it_was_kept(desk: Desk, opened: WorkedTicket) -> None:
    taken = TicketEvent(EventKind.ASSIGNED, NOW, BO, "", TicketState.NEW, TicketState.OPEN, BO, "k1")
    assert desk.queue.work.change(opened, Change(opened.progress.assigned_to(BO), (taken,)), NOW)

    kept = desk.find(opened.reference)

    assert (kept.version, kept.ticket.state) == (2, TicketState.OPEN)
    assert kept.progress == Progress(TicketState.OPEN, NOW, BO)
    first, second = kept.events
    assert (first.kind, first.by, first.at, [mail.kind for mail in first.mails]) == (
        EventKind.OPENED, None, NOW, [MailKind.SUPPORT, MailKind.CONFIRMATION],
    )  # fmt: skip
    assert replace(second, position=0) == replace(taken, version=2) and second.position > first.position


def test_an_answer_its_mail_and_the_new_state_are_one(desk: Desk, opened: WorkedTicket) -> None:
    assert desk.queue.work.change(opened, answer(opened), NOW)

    kept = desk.find(opened.reference)

    assert kept.progress.first_answered_at == NOW and kept.progress.state is TicketState.WAITING
    (mail,) = kept.events[-1].mails
    assert (mail.kind, mail.state, mail.recipient) == (MailKind.ANSWER, MailState.WAITING, "ane@birkvik.example")
    claimed = [SqlOutbox(desk.engine).claim(LATER, LATER.replace(year=2100)) for _ in range(3)]
    assert [one.mail.thread for one in claimed if one and one.mail.kind is MailKind.ANSWER] == [("<a@b>", "<c@d>")]
    assert kept.thread.ids[-1] == "<key@desk.test>" and len(kept.thread.ids) == 2


def test_the_history_tells_how_far_each_mail_is(desk: Desk, opened: WorkedTicket) -> None:
    desk.queue.work.change(opened, answer(opened), NOW)
    box = SqlOutbox(desk.engine)
    for claimed in [box.claim(LATER, LATER.replace(year=2100)) for _ in range(3)]:
        assert claimed is not None
        if claimed.mail.kind is MailKind.ANSWER:
            box.give_up(claimed, LATER, "550 no such person")
        elif claimed.mail.kind is MailKind.SUPPORT:
            box.note_sent(claimed, LATER)

    mails = [mail for event in desk.find(opened.reference).events for mail in event.mails]

    assert [(mail.kind.value, mail.state.value, mail.problem) for mail in mails] == [
        ("support", "sent", ""), ("confirmation", "waiting", ""), ("answer", "given_up", "550 no such person"),
    ]  # fmt: skip


def test_nothing_is_kept_of_a_change_that_comes_too_late(desk: Desk, opened: WorkedTicket) -> None:
    assert desk.queue.work.change(opened, note(opened, "first"), NOW)

    assert not desk.queue.work.change(opened, answer(opened, "second"), NOW)

    assert counted(desk.engine) == (2, 2)
    assert desk.find(opened.reference).progress.state is TicketState.NEW


def test_nothing_is_kept_of_a_change_whose_key_was_used(desk: Desk, opened: WorkedTicket) -> None:
    other = desk.find(desk.open())
    assert desk.queue.work.change(other, note(other, "key"), NOW)

    assert not desk.queue.work.change(opened, answer(opened, "key"), NOW)

    assert desk.find(opened.reference) == opened
    assert counted(desk.engine) == (3, 4)


def test_of_many_who_change_the_same_version_at_once_one_does(desk: Desk, opened: WorkedTicket) -> None:
    work = desk.queue.work
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda number: work.change(opened, answer(opened, f"key {number}"), NOW), range(12)))

    assert done.count(True) == 1
    assert counted(desk.engine) == (2, 3)


def test_a_ticket_of_another_promotion_is_nobody_elses_business(desk: Desk) -> None:
    other = desk.open(promotion="another")

    assert desk.queue.work.find(other) is None and desk.queue.work.find("T-2023-999999") is None
    assert desk.queue.news.since(0, 10) == []


def test_news_come_in_the_order_in_which_they_were_kept_and_with_the_state_of_now(desk: Desk) -> None:
    first, second = desk.open(), desk.open()
    seen = desk.queue.news.last()
    kept = desk.find(first)
    desk.queue.work.change(kept, answer(kept), NOW)

    told = desk.queue.news.since(0, 10)

    assert [(news.reference, news.kind.value) for news in told] == [
        (first, "opened"), (second, "opened"), (first, "answered"),
    ]  # fmt: skip
    assert [news.state for news in told] == [TicketState.WAITING, TicketState.NEW, TicketState.WAITING]
    assert [news.position for news in told] == sorted({news.position for news in told})
    assert [news.by for news in desk.queue.news.since(seen, 10)] == [ANNA]
    assert [news.reference for news in desk.queue.news.since(0, 2)] == [first, second]
    assert desk.queue.news.since(desk.queue.news.last(), 10) == []


def test_who_has_read_up_to_a_position_has_missed_nothing_before_it(desk: Desk) -> None:
    """Many write at once while somebody reads on from the last position seen, as the console does."""
    news, seen, stop = desk.queue.news, [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.extend(news.since(seen[-1].position if seen else 0, 100))

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(6) as pool:
        references = list(pool.map(lambda _: desk.open(), range(60)))
    stop.set()
    reader.join()
    seen.extend(news.since(seen[-1].position if seen else 0, 100))

    assert sorted(one.reference for one in seen) == sorted(references)


def test_a_position_is_never_given_twice(desk: Desk) -> None:
    desk.open()
    last = desk.queue.news.last()
    with desk.engine.begin() as connection:
        connection.execute(ticket_events.delete())
    desk.open()
    assert desk.queue.news.last() > last


def test_the_history_goes_with_its_ticket_and_outlives_the_record_of_its_mails(
    desk: Desk, opened: WorkedTicket
) -> None:
    desk.queue.work.change(opened, answer(opened), NOW)
    with desk.engine.begin() as connection:
        connection.execute(outbox.delete())
    kept = desk.find(opened.reference)
    assert [event.mails for event in kept.events] == [(), ()] and kept.thread.ids == ()

    with desk.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM tickets")
    assert counted(desk.engine) == (0, 0)


def test_opening_notes_the_ticket_in_the_same_transaction(desk: Desk) -> None:
    def broken(reference: str) -> list[Mail]:
        raise RuntimeError("no words")

    with pytest.raises(RuntimeError):
        SqlTickets(desk.engine).open(TICKET, "form", broken)

    assert counted(desk.engine) == (0, 0)


def counted(engine: Engine) -> tuple[int, int]:
    """How many events and mails there are."""
    with engine.connect() as connection:
        events, mails = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (ticket_events, outbox)
        )
    return events, mails


@pytest.fixture
def desk(desk_engine: Engine, tmp_path: Path) -> Desk:
    return Desk(desk_engine, tmp_path)


@pytest.fixture
def opened(desk: Desk) -> WorkedTicket:
    """A new ticket."""
    return desk.find(desk.open())
