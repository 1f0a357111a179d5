"""The forms of a ticket's page: what cannot be sent comes back, and what nobody can do is refused."""

from __future__ import annotations

import pytest

from bot.services import manage_agents
from bot.services.console import Console
from tests.tickets import Desk
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.ticket_desk import looked_at
from tests.web.desk.tickets.pages import text_areas


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
