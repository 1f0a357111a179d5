"""A ticket's page: everything that is known, and all that is done with it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.adapters.sql.ticket_tables import outbox
from bot.core.conversations import TranscriptLine, new_id
from bot.core.tickets import GivenAnswer
from bot.web.desk import ticket
from tests.fakes import FakeBot
from tests.tickets import NOW, Desk
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.ticket_desk import HOSTILE, assert_harmless, looked_at
from tests.web.desk.tickets.pages import words_of


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
