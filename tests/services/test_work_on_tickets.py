"""Taking, releasing, noting, moving and showing tickets, over a real database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.sql.uploads import SqlUploads
from bot.core.ticket_queue import QueueFilter, Whose
from bot.core.ticket_work import Colleague, EventKind
from bot.core.tickets import ForbiddenTransition, TicketFile, TicketState
from bot.services.assign_ticket import assign_ticket, release_ticket
from bot.services.change_ticket import ChangedMeanwhile, UnknownTicket
from bot.services.list_tickets import PAGE, list_tickets
from bot.services.move_ticket import move_ticket
from bot.services.note_on_ticket import note_on_ticket
from bot.services.ports import InvalidInput, Unavailable
from bot.services.show_ticket import show_file, show_ticket
from bot.services.written_words import UnusableWords
from tests.tickets import ANNA, BO, GONE, Desk

FILE = TicketFile("file-one-of-the-ticket", "invoice.pdf", "application/pdf", 9)


def test_an_agent_takes_a_ticket_gives_it_on_and_releases_it(desk: Desk) -> None:
    reference = desk.open()

    assign_ticket(desk.queue, desk.asked(ANNA, reference), ANNA.id)
    assign_ticket(desk.queue, desk.asked(ANNA, reference), BO.id)
    assert desk.find(reference).progress.assignee == Colleague(BO.id, BO.name)
    release_ticket(desk.queue, desk.asked(BO, reference))

    kept = desk.find(reference)
    assert (kept.version, kept.progress.assignee, kept.progress.state) == (4, None, TicketState.OPEN)
    assert [(event.kind, event.by and event.by.id, event.to and event.to.id) for event in kept.events[1:]] == [
        (EventKind.ASSIGNED, ANNA.id, ANNA.id), (EventKind.ASSIGNED, ANNA.id, BO.id), (EventKind.RELEASED, BO.id, None),
    ]  # fmt: skip
    assert (kept.events[1].before, kept.events[1].after) == (TicketState.NEW, TicketState.OPEN)
    assert (kept.events[2].before, kept.events[2].after) == (None, None)


@pytest.mark.parametrize("to", [GONE.id, "nobody", ""])
def test_nobody_gets_a_ticket_who_cannot_work_on_it(desk: Desk, to: str) -> None:
    reference = desk.open()
    with pytest.raises(InvalidInput, match="no such agent"):
        assign_ticket(desk.queue, desk.asked(ANNA, reference), to)
    assert desk.find(reference).version == 1


def test_the_name_stays_readable_when_the_agent_is_gone(desk: Desk) -> None:
    reference = desk.open()
    assign_ticket(desk.queue, desk.asked(ANNA, reference), BO.id)
    desk.team = (ANNA,)
    assert desk.find(reference).progress.assignee == Colleague(BO.id, BO.name)


def test_two_who_take_a_ticket_do_not_both_get_it(desk: Desk) -> None:
    reference = desk.open()
    late = desk.asked(BO, reference)
    assign_ticket(desk.queue, desk.asked(ANNA, reference), ANNA.id)

    with pytest.raises(ChangedMeanwhile, match=f"somebody else has changed {reference}") as changed:
        assign_ticket(desk.queue, late, BO.id)

    assert changed.value.kept.progress.assignee == Colleague(ANNA.id, ANNA.name)
    assert [event.kind for event in changed.value.since] == [EventKind.ASSIGNED]


def test_the_same_form_for_somebody_else_is_not_taken_for_done(desk: Desk) -> None:
    asked = desk.asked(ANNA, desk.open())
    assign_ticket(desk.queue, asked, BO.id)
    assign_ticket(desk.queue, asked, BO.id)
    with pytest.raises(ChangedMeanwhile):
        assign_ticket(desk.queue, asked, ANNA.id)


def test_another_agents_key_does_not_make_anything_done(desk: Desk) -> None:
    reference = desk.open()
    note_on_ticket(desk.queue, desk.asked(ANNA, reference, key="same"), "Look at this.")
    with pytest.raises(ChangedMeanwhile):
        note_on_ticket(desk.queue, desk.asked(BO, reference, version=1, key="same"), "Look at this.")


def test_a_note_is_kept_once_and_changes_nothing_else(desk: Desk) -> None:
    reference = desk.open()
    asked = desk.asked(ANNA, reference)
    for _ in range(2):
        note_on_ticket(desk.queue, asked, "  Has called twice.\r\n<b>Be kind.</b> ")

    kept = desk.find(reference)
    assert [event.text for event in kept.events[1:]] == ["Has called twice.\n<b>Be kind.</b>"]
    assert kept.progress.state is TicketState.NEW and kept.events[-1].mails == ()
    with pytest.raises(UnusableWords):
        note_on_ticket(desk.queue, desk.asked(ANNA, reference), "\n")


def test_a_ticket_is_resolved_and_opened_again(desk: Desk) -> None:
    reference = desk.open()
    move_ticket(desk.queue, desk.asked(ANNA, reference), TicketState.RESOLVED)
    move_ticket(desk.queue, desk.asked(ANNA, reference), TicketState.OPEN)

    moves = [(event.before, event.after) for event in desk.find(reference).events[1:]]
    assert moves == [(TicketState.NEW, TicketState.RESOLVED), (TicketState.RESOLVED, TicketState.OPEN)]


def test_a_forbidden_move_changes_nothing(desk: Desk) -> None:
    reference = desk.open()
    with pytest.raises(ForbiddenTransition):
        move_ticket(desk.queue, desk.asked(ANNA, reference), TicketState.NEW)
    assert desk.find(reference).version == 1


def test_the_same_form_that_asks_for_another_state_is_not_taken_for_done(desk: Desk) -> None:
    asked = desk.asked(ANNA, desk.open())
    move_ticket(desk.queue, asked, TicketState.RESOLVED)
    move_ticket(desk.queue, asked, TicketState.RESOLVED)
    with pytest.raises(ChangedMeanwhile):
        move_ticket(desk.queue, asked, TicketState.SPAM)


def test_an_unknown_ticket_is_named(desk: Desk) -> None:
    with pytest.raises(UnknownTicket, match="T-2023-000009"):
        move_ticket(desk.queue, desk.asked(ANNA, "T-2023-000009", version=1), TicketState.OPEN)


def test_who_sees_a_ticket_is_noted(desk: Desk) -> None:
    reference = desk.open()
    assert show_ticket(desk.queue, ANNA, reference) == desk.find(reference)
    assert desk.audited() == [(ANNA.name, "ticket_seen", reference)]


def test_what_cannot_be_noted_is_not_shown(desk: Desk) -> None:
    reference = desk.open()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE audit")
    with pytest.raises(Unavailable):
        show_ticket(desk.queue, ANNA, reference)


def test_a_file_is_shown_with_its_own_ticket_only(desk: Desk, tmp_path: Path) -> None:
    SqlUploads(desk.engine).add("c1", "form", FILE, "digest")
    with desk.engine.begin() as connection:
        reference = desk.open()
        connection.exec_driver_sql(f"UPDATE uploads SET ticket = '{reference}'")
    other = desk.open()

    assert show_file(desk.queue, ANNA, reference, FILE.id) == (FILE, tmp_path / "fi" / FILE.id)
    assert desk.audited() == [(ANNA.name, "ticket_file_seen", f"{reference} invoice.pdf")]
    for wrong_reference, wrong_file in ((other, FILE.id), (reference, "../../etc/passwd"), ("T-2023-000999", FILE.id)):
        with pytest.raises(UnknownTicket):
            show_file(desk.queue, ANNA, wrong_reference, wrong_file)


def test_a_listing_knows_what_will_be_news(desk: Desk) -> None:
    own = desk.open(timedelta(hours=1))
    assign_ticket(desk.queue, desk.asked(ANNA, own), ANNA.id)
    for _ in range(PAGE):
        desk.open()

    listing = list_tickets(desk.queue, ANNA, QueueFilter())

    assert len(listing.page.rows) == PAGE and listing.page.rows[0].reference == own
    assert listing.counts.whose == {Whose.ANYBODYS: PAGE + 1, Whose.MINE: 1, Whose.NOBODYS: PAGE}
    assert desk.queue.news.since(listing.position, 10) == []
    rest = list_tickets(desk.queue, ANNA, QueueFilter(), after=listing.page.after)
    assert len(rest.page.rows) == 1 and rest.page.after is None
    again = list_tickets(desk.queue, ANNA, QueueFilter(), before=rest.page.before)
    assert again.page == listing.page
