"""Each change once, and nobody's words lost, whoever comes second."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.adapters.sql.ticket_tables import outbox
from bot.core.conversations import new_id
from bot.core.tickets import TicketState
from bot.services.move_ticket import move_ticket
from bot.services.note_on_ticket import note_on_ticket
from tests.tickets import BO, Desk
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.ticket_desk import looked_at
from tests.web.desk.tickets.pages import text_areas, words_of


def test_a_form_sent_twice_sends_one_mail_and_leads_to_the_ticket_both_times(
    agent: AgentBrowser, tickets: Desk
) -> None:
    reference = tickets.open()
    fields = looked_at(agent, reference)
    for _ in range(3):
        sent = agent.submit(f"/desk/tickets/{reference}/answer", **fields, answer="Hello.", then="resolved")
        assert sent.status_code == 303
    with tickets.engine.connect() as connection:
        assert connection.execute(select(func.count()).where(outbox.c.kind == "answer")).scalar_one() == 1


def test_the_second_of_two_keeps_the_words_hears_who_was_first_and_can_send_all_the_same(
    agent: AgentBrowser, colleague: AgentBrowser, tickets: Desk
) -> None:
    reference = tickets.open()
    stale = looked_at(colleague, reference)
    agent.submit(
        f"/desk/tickets/{reference}/answer", **looked_at(agent, reference), answer="I was first.", then="resolved"
    )

    told = colleague.submit(f"/desk/tickets/{reference}/answer", **stale, answer="Me <too>.\n\nBo", then="resolved")

    assert told.status_code == 409
    assert "was changed while you were looking at it" in told.text
    assert "Anna Holm answered: New → Resolved" in words_of(told.text) and "I was first." in told.text
    assert text_areas(told.text)["answer"] == "Me &lt;too&gt;.\n\nBo"
    assert "Send all the same and resolve" in words_of(told.text)
    fields = Page(told.text).fields
    assert fields["version"] == "2" and fields["key"] != stale["key"]
    again = colleague.submit(
        f"/desk/tickets/{reference}/answer", version="2", key=fields["key"], answer="Me <too>.\n\nBo", then="resolved"
    )
    assert again.status_code == 303
    assert [event.text for event in tickets.find(reference).events if event.kind.value == "answered"] == [
        "I was first.", "Me <too>.\n\nBo",
    ]  # fmt: skip


def test_a_note_that_comes_second_is_kept_in_its_box(agent: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open()
    note_on_ticket(tickets.queue, tickets.asked(BO, reference), "Look here.")
    told = agent.submit(f"/desk/tickets/{reference}/note", version="1", key=new_id(), note="Mine.")
    assert (told.status_code, text_areas(told.text)) == (409, {"answer": "", "note": "Mine."})
    assert "Keep the note all the same" in told.text


def test_a_click_that_comes_second_does_nothing_and_says_so(agent: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open()
    move_ticket(tickets.queue, tickets.asked(BO, reference), TicketState.SPAM)
    told = agent.submit(f"/desk/tickets/{reference}/state", version="1", key=new_id(), state="resolved")
    assert told.status_code == 409 and "Bo Lund changed the state. New → Spam" in words_of(told.text)
    assert tickets.find(reference).progress.state is TicketState.SPAM
