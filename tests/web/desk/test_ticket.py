"""A ticket's page and its forms: everything that is known, each change once, and nobody's words lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.engine import Engine

from bot.adapters.sql.ticket_tables import outbox
from bot.core.agents import Role
from bot.core.conversations import TranscriptLine, new_id
from bot.core.tickets import GivenAnswer, TicketState
from bot.services import manage_agents
from bot.services.console import Console
from bot.services.move_ticket import move_ticket
from bot.services.note_on_ticket import note_on_ticket
from bot.web.desk import ticket
from tests.fakes import FakeBot
from tests.tickets import BO, NOW, Desk
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.ticket_desk import HOSTILE, assert_harmless, looked_at


@pytest.fixture
def tickets(desk_database: Engine, tmp_path: Path) -> Desk:
    return Desk(desk_database, tmp_path / "uploads")


@pytest.fixture
def own_console(own_console: Console, tickets: Desk) -> Console:
    """On the day that the tests' tickets are of."""
    return replace(own_console, queue=replace(own_console.queue, clock=tickets.clock))


@pytest.fixture
def agent(sign_in_as: Callable[..., AgentBrowser]) -> AgentBrowser:
    return sign_in_as(Role.AGENT, "Anna Holm")


@pytest.fixture
def colleague(sign_in_as: Callable[..., AgentBrowser]) -> AgentBrowser:
    return sign_in_as(Role.AGENT, "Bo Lund")


def words_of(html: str) -> str:
    return " ".join(Page(html).text.split())


def text_areas(html: str) -> dict[str, str]:
    """What stands in the page's boxes."""
    found = re.findall(r'<textarea id="(\w+)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    return dict(found)


def test_the_page_has_all_that_is_known(agent: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open(
        timedelta(hours=3),
        company="Birkvik A/S",
        claim_reference="LEN-482913",
        transcript=(TranscriptLine("Customer", "Cash or cheque?"), TranscriptLine("Assistant", "Neither.")),
        lines_left_out=2,
        answers=(GivenAnswer("answer", "cash_or_cheque", "abc123", "answers with 0.93"), GivenAnswer("notice")),
    )

    page = agent.get(f"/desk/tickets/{reference}")

    text = words_of(page.text)
    for told in ("My claim", "Where is my money?", "Ane Birk", "Birkvik A/S", "3 h old", "15 Dec 2023, 07:00", "Nobody has it",
                 "Customer: Cash or cheque?", "Assistant: Neither.", "Lines that the customer left out: 2",
                 "cash_or_cheque, version abc123: answers with 0.93", "The ticket arrived.",
                 "Confirmation to the customer: waiting to be sent", "Mail to customer service: waiting to be sent"):  # fmt: skip
        assert told in text, told
    links = [link["href"] for link in Page(page.text).links]
    assert f"/desk/claims?q=ane%40birkvik.example&why=ticket&detail={reference}" in links
    assert f"/desk/claims?q=LEN-482913&why=ticket&detail={reference}" in links
    assert tickets.audited() == [("Anna Holm", "ticket_seen", reference)]
    assert 'id="answer"' in page.text
    found = agent.get(next(link for link in links if "LEN-482913" in link))
    assert found.status_code == 200 and "Customer's mail or ticket" in words_of(found.text).replace("’", "'")
    assert reference in words_of(found.text), "the ticket is the reason for looking"


@pytest.mark.parametrize("reference", ["T-2023-000999", "nothing", "T-2023-000001%27--"])
def test_a_ticket_that_is_not_there_is_not_found(agent: AgentBrowser, tickets: Desk, reference: str) -> None:
    tickets.open()
    assert agent.get(f"/desk/tickets/{reference}").status_code == 404
    sent = agent.submit(f"/desk/tickets/{reference}/note", version="1", key=new_id(), note="x")
    assert sent.status_code == 404 and tickets.audited() == []


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_anybody_writes_runs_in_the_page(agent: AgentBrowser, tickets: Desk, words: str) -> None:
    reference = tickets.open(
        name=words, company=words, message=words, topic=words, claim_reference=words[:40], email=f"{words}@x.example",
        transcript=(TranscriptLine(words, words),), answers=(GivenAnswer("answer", words, words, words),),
    )  # fmt: skip
    agent.submit(f"/desk/tickets/{reference}/note", **looked_at(agent, reference), note=words)
    agent.submit(
        f"/desk/tickets/{reference}/answer", **looked_at(agent, reference), answer=words, then="waiting_for_customer"
    )
    with tickets.engine.begin() as connection:
        connection.execute(update(outbox).values(given_up_at=NOW, problem=words))

    assert_harmless(agent.get(f"/desk/tickets/{reference}?done={words}").text)
    stale = agent.submit(f"/desk/tickets/{reference}/answer", version="1", key=new_id(), answer=words, then="resolved")
    assert stale.status_code == 409
    assert_harmless(stale.text)


def test_a_ticket_goes_through_the_whole_desk(agent: AgentBrowser, colleague: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open()

    def do(browser: AgentBrowser, action: str, **typed: str) -> str:
        sent = browser.submit(f"/desk/tickets/{reference}/{action}", **looked_at(browser, reference), **typed)
        assert (sent.status_code, sent.headers.get("location")) == (303, f"/desk/tickets/{reference}?done={action}")
        return words_of(browser.get(sent.headers["location"]).text)

    assert "Anna Holm took the ticket. New → Open" in do(agent, "assign", to=agent.agent.id)
    assert "Anna Holm gave the ticket to Bo Lund." in do(agent, "assign", to=colleague.agent.id)
    assert "Bo Lund noted: 15 Dec 2023, 10:00 Call back." in do(colleague, "note", note="Call back.")
    answered = do(colleague, "answer", answer="It was paid today.", then="waiting_for_customer")
    assert "Your answer is on its way." in answered
    assert "Bo Lund answered: Open → Waiting for customer" in answered
    assert "It was paid today. Mail to the customer: waiting to be sent" in answered
    assert "Waiting for customer → Resolved" in do(colleague, "state", state="resolved")
    assert "Resolved → Open" in do(agent, "state", state="open")
    assert "Bo Lund released the ticket." in words_of(do(colleague, "release"))
    assert "Open → Spam" in do(agent, "state", state="spam")
    spam = words_of(agent.get(f"/desk/tickets/{reference}").text)
    assert "This ticket was taken for spam." in spam and "Not spam" in spam
    assert "Spam → Open" in do(agent, "state", state="open")
    assert [kind for _, kind, _ in tickets.audited() if kind == "ticket_answered"] == ["ticket_answered"]


def test_answers_are_suggested_to_what_waits_for_one(agent: AgentBrowser, tickets: Desk, bot: FakeBot) -> None:
    bot.is_down = True
    reference = tickets.open(message="Can I receive my discount as cash or cheque?")

    page = agent.get(f"/desk/tickets/{reference}")
    assert "Suggested answers" in page.text and 'data-suggested="cash_or_cheque"' in page.text
    assert "data-takes-answers" in page.text
    agent.submit(f"/desk/tickets/{reference}/answer", **looked_at(agent, reference), answer="No.", then="resolved")
    assert "Suggested answers" not in agent.get(f"/desk/tickets/{reference}").text


def test_an_assistant_that_hangs_is_not_waited_for(
    agent: AgentBrowser, tickets: Desk, bot: FakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket, "SUGGEST_SECONDS", 0.2)
    monkeypatch.setattr(bot, "read_mail", lambda *_, **__: asyncio.sleep(60))
    page = agent.get(f"/desk/tickets/{tickets.open()}")
    assert page.status_code == 200 and "Suggested answers" not in page.text


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


@pytest.mark.parametrize(
    ("words", "reason"), [("", "Please write something first."), ("ø" * 10_000, "shorten this to 5,000 characters")]
)
def test_words_that_cannot_be_sent_come_back_with_the_reason(
    agent: AgentBrowser, tickets: Desk, words: str, reason: str
) -> None:
    reference = tickets.open()
    for action in ("answer", "note"):
        fields = {**looked_at(agent, reference), action: words, "then": "resolved"}
        told = agent.submit(f"/desk/tickets/{reference}/{action}", **fields)
        assert (told.status_code, text_areas(told.text)[action]) == (422, words)
        assert reason in told.text and 'aria-invalid="true"' in told.text
    assert tickets.find(reference).version == 1


def test_the_longest_answer_fits_into_a_form(agent: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open()
    sent = agent.submit(
        f"/desk/tickets/{reference}/answer", **looked_at(agent, reference), answer="😀" * 5000, then="resolved"
    )
    assert sent.status_code == 303


def test_a_form_of_an_older_session_comes_back_with_what_was_written(agent: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open()
    fields = looked_at(agent, reference)
    told = agent.post(
        f"/desk/tickets/{reference}/answer", data={"csrf": "old", **fields, "answer": "Long words.", "then": "resolved"}
    )
    assert told.status_code == 422 and "This page was open for too long." in told.text
    assert text_areas(told.text)["answer"] == "Long words." and tickets.find(reference).version == 1


@pytest.mark.parametrize(
    "wrong",
    [{"version": "x"}, {"version": "-1"}, {"version": "1" * 20}, {"version": ""}, {"key": "short"}, {"key": "x" * 65},
     {"key": "no blanks in a key"}, {"then": "new"}, {"then": ""}, {"then": "spam"}],
)  # fmt: skip
def test_a_form_that_no_page_has_made_changes_nothing(
    agent: AgentBrowser, tickets: Desk, wrong: dict[str, str]
) -> None:
    reference = tickets.open()
    fields = {**looked_at(agent, reference), "answer": "Hello.", "then": "resolved"}
    assert agent.submit(f"/desk/tickets/{reference}/answer", **{**fields, **wrong}).status_code == 422
    assert tickets.find(reference).version == 1


def test_what_nobody_can_do_is_refused(
    agent: AgentBrowser, colleague: AgentBrowser, tickets: Desk, own_console: Console
) -> None:
    reference = tickets.open()
    manage_agents.disable_agent(own_console.access, colleague.agent)
    fields = looked_at(agent, reference)
    for to in (colleague.agent.id, "nobody"):
        told = agent.submit(f"/desk/tickets/{reference}/assign", **fields, to=to)
        assert told.status_code == 422 and "there is no such agent" in told.text
    assert agent.submit(f"/desk/tickets/{reference}/state", **fields, state="new").status_code == 422
    assert agent.submit(f"/desk/tickets/{reference}/erase", **fields).status_code == 404
    assert colleague.submit(f"/desk/tickets/{reference}/note", **fields, note="x").status_code == 303  # to the sign-in
    assert tickets.find(reference).version == 1


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_no_other_site_can_send_a_form(agent: AgentBrowser, tickets: Desk, headers: dict[str, str]) -> None:
    reference = tickets.open()
    fields = {"csrf": agent.token, **looked_at(agent, reference), "note": "x"}
    assert agent.post(f"/desk/tickets/{reference}/note", data=fields, headers=headers).status_code == 403
    assert tickets.find(reference).version == 1


def test_a_colleagues_token_is_not_ones_own(agent: AgentBrowser, colleague: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open()
    fields = {**looked_at(agent, reference), "note": "x"}
    sent = agent.post(
        f"/desk/tickets/{reference}/note", data={**fields, "csrf": colleague.token}, follow_redirects=False
    )
    assert sent.status_code == 422 and tickets.find(reference).version == 1


def test_a_mail_that_was_not_delivered_is_told_with_its_reason(agent: AgentBrowser, tickets: Desk) -> None:
    reference = tickets.open()
    agent.submit(f"/desk/tickets/{reference}/answer", **looked_at(agent, reference), answer="Hello.", then="resolved")
    with tickets.engine.begin() as connection:
        given_up = update(outbox).where(outbox.c.kind == "answer")
        connection.execute(
            given_up.values(given_up_at=NOW, attempts=5, problem="the mail server said 550 No such person")
        )
        connection.execute(update(outbox).where(outbox.c.kind == "support").values(sent_at=NOW))

    text = words_of(agent.get(f"/desk/tickets/{reference}").text)

    told = "Mail to the customer: not delivered, given up 15 Dec 2023, 10:00 after 5 tries: the mail server said 550 No such person"
    assert text.count(told) == 2, "at its event, and on top"
    assert "Mail to customer service: sent 15 Dec 2023, 10:00" in text
