"""The queue's pages, counts and news over a real database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.adapters.sql.ticket_tables import outbox
from bot.adapters.sql.ticket_tables import tickets as table
from bot.core.ticket_queue import StateGroup, Whose
from bot.core.tickets import TicketState
from bot.services.assign_ticket import assign_ticket
from bot.services.move_ticket import move_ticket
from bot.services.queue_ports import Place, QueuePage
from tests.adapters.sql.queue_questions import asks
from tests.tickets import ANNA, BO, NOW, Desk


def references(page: QueuePage) -> list[str]:
    return [row.reference for row in page.rows]


def test_the_oldest_stands_first_or_the_newest(desk: Desk) -> None:
    young, old = desk.open(timedelta(hours=1)), desk.open(timedelta(days=1))

    assert references(desk.queue.queue.page(asks(desk), 9)) == [old, young]
    assert references(desk.queue.queue.page(asks(desk, newest_first=True), 9)) == [young, old]


def test_a_row_has_what_the_queue_shows(desk: Desk) -> None:
    reference = desk.open(timedelta(hours=2), company="Birkvik", message="Where? " * 100)

    (row,) = desk.queue.queue.page(asks(desk), 9).rows

    assert (row.reference, row.version, row.topic, row.name, row.company) == (
        reference, 1, "My claim", "Ane Birk", "Birkvik",
    )  # fmt: skip
    assert row.beginning == ("Where? " * 100)[:200] and row.progress == desk.find(reference).progress
    assert row.created_at == NOW - timedelta(hours=2) and not row.has_undelivered_mail


@pytest.mark.parametrize(
    ("group", "expected"),
    [("open", "no"), ("waiting", "w"), ("resolved", "r"), ("spam", "s"), ("all", "nowrs")],
)
def test_tickets_are_chosen_by_where_they_stand(desk: Desk, group: str, expected: str) -> None:
    of = in_every_state(desk)
    page = desk.queue.queue.page(asks(desk, group=StateGroup(group)), 9)
    assert sorted(references(page)) == sorted(of[sign] for sign in expected)


def test_tickets_are_chosen_by_who_has_them(desk: Desk) -> None:
    own, other, nobodys = (desk.open() for _ in range(3))
    assign_ticket(desk.queue, desk.asked(ANNA, own), ANNA.id)
    assign_ticket(desk.queue, desk.asked(ANNA, other), BO.id)
    page = desk.queue.queue.page

    assert references(page(asks(desk, whose=Whose.MINE), 9)) == [own]
    assert references(page(asks(desk, whose=Whose.NOBODYS), 9)) == [nobodys]
    assert len(references(page(asks(desk), 9))) == 3


def test_tickets_are_found_by_words_and_topic(desk: Desk) -> None:
    found = desk.open(name="Åse Bjørk", message="My invoice is 100% right_now", topic="Payment")
    desk.open()
    page = desk.queue.queue.page

    for typed in ("ÅSE invoice", "bjørk", "100%", "right_now", found.lower()):
        assert references(page(asks(desk, search=typed), 9)) == [found], typed
    assert references(page(asks(desk, topic="Payment"), 9)) == [found]
    for typed in ("åse money", "1000", "rightXnow", "%%", "/", "'; DROP TABLE tickets; --"):
        assert references(page(asks(desk, search=typed), 9)) == [], typed


def test_late_tickets_alone_can_be_asked_for(desk: Desk) -> None:
    overdue, waits_long = desk.open(timedelta(days=3)), desk.open(timedelta(days=20))
    desk.open(timedelta(days=1))
    set_state(desk, waits_long, TicketState.WAITING, NOW - timedelta(days=15))

    assert references(desk.queue.queue.page(asks(desk, only_late=True), 9)) == [overdue]
    late = desk.queue.queue.page(asks(desk, group=StateGroup.ALL, only_late=True), 9)
    assert references(late) == [waits_long, overdue]


def test_a_ticket_whose_mail_was_given_up_is_marked(desk: Desk) -> None:
    trouble, fine = desk.open(), desk.open()
    with desk.engine.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.ticket == trouble).values(given_up_at=NOW))

    marked = {row.reference: row.has_undelivered_mail for row in desk.queue.queue.page(asks(desk), 9).rows}
    assert marked == {trouble: True, fine: False}


@pytest.mark.parametrize("newest_first", [False, True])
def test_page_by_page_every_ticket_comes_once_though_all_have_the_same_age(desk: Desk, newest_first: bool) -> None:
    opened = [desk.open() for _ in range(7)]
    set_state(desk, opened[3], TicketState.OPEN, NOW)
    expected = opened[::-1] if newest_first else opened
    question, queue = asks(desk, newest_first=newest_first), desk.queue.queue

    pages = [queue.page(question, 3)]
    while pages[-1].after:
        pages.append(queue.page(question, 3, after=pages[-1].after))
    back = [pages[-1]]
    while back[-1].before:
        back.append(queue.page(question, 3, before=back[-1].before))

    assert [reference for page in pages for reference in references(page)] == expected
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert [page.before is not None for page in pages] == [False, True, True]
    assert back[::-1] == pages


def test_a_page_stands_still_while_tickets_come_and_go(desk: Desk) -> None:
    opened = [desk.open(timedelta(hours=hours)) for hours in (9, 8, 7, 6)]
    first = desk.queue.queue.page(asks(desk), 2)
    move_ticket(desk.queue, desk.asked(BO, opened[0]), TicketState.RESOLVED)
    desk.open(timedelta(hours=10))

    assert references(desk.queue.queue.page(asks(desk), 2, after=first.after)) == opened[2:]


def test_a_place_beyond_all_tickets_shows_none(desk: Desk) -> None:
    desk.open()
    beyond = Place(NOW + timedelta(days=9), "T-2023-000009")
    assert desk.queue.queue.page(asks(desk), 2, after=beyond) == QueuePage(())


def test_each_choice_is_counted_as_it_would_be_with_the_others(desk: Desk) -> None:
    in_every_state(desk)
    late = desk.open(timedelta(days=9), topic="Payment")
    assign_ticket(desk.queue, desk.asked(ANNA, late), ANNA.id)
    counts = desk.queue.queue.counts

    everything = counts(asks(desk))
    assert {group.value: count for group, count in everything.groups.items()} == {
        "open": 3, "waiting": 1, "resolved": 1, "spam": 1, "all": 6,
    }  # fmt: skip
    assert {whose.value: count for whose, count in everything.whose.items()} == {"all": 3, "mine": 1, "unassigned": 2}
    assert everything.late == 1
    assert counts(asks(desk, whose=Whose.MINE)).groups[StateGroup.ALL] == 1
    assert counts(asks(desk, topic="Payment")).groups[StateGroup.OPEN] == 1
    assert counts(asks(desk, search="nothing of it")).groups[StateGroup.ALL] == 0
    assert counts(asks(desk, only_late=True)).groups[StateGroup.OPEN] == 1
    assert counts(asks(desk, only_late=True)).whose[Whose.NOBODYS] == 0


def test_what_has_arrived_since_is_counted_by_the_filter(desk: Desk) -> None:
    desk.open()
    since = desk.queue.news.last()
    desk.open(topic="Payment")
    resolved = desk.open()
    move_ticket(desk.queue, desk.asked(BO, resolved), TicketState.RESOLVED)

    arrived = desk.queue.queue.arrived
    assert arrived(asks(desk), since) == 1
    assert arrived(asks(desk, group=StateGroup.ALL), since) == 2
    assert arrived(asks(desk, topic="My claim"), since) == 0
    assert arrived(asks(desk, whose=Whose.MINE), since) == 0
    assert arrived(asks(desk), desk.queue.news.last()) == 0


def in_every_state(desk: Desk) -> dict[str, str]:
    """A ticket in each state, by its first letter."""
    of = {}
    for state in TicketState:
        of[state.value[0]] = reference = desk.open()
        set_state(desk, reference, state, NOW)
    return of


def set_state(desk: Desk, reference: str, state: TicketState, since: object) -> None:
    with desk.engine.begin() as connection:
        connection.execute(
            update(table).where(table.c.reference == reference).values(state=state.value, turn_since=since)
        )


@pytest.fixture
def desk(desk_engine: Engine, tmp_path: Path) -> Desk:
    return Desk(desk_engine, tmp_path)
