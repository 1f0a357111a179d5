"""A form that is sent after its chat was ended in another tab: the ticket comes all the same, without what was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.core.replies import Reply, ReplyKind
from bot.services.gateway import Gateway
from tests.fakes import FakeBot, FakeClock
from tests.sample_files import pdf
from tests.web.contact_form import FILLED, attached, carried_by, kept, kept_names, open_form, problems, said

ENDED_ON_FORM = "What was said in it does not go along"
ENDED_ON_SENT = "what was said in it has not gone along"


@pytest.fixture
def form(client: TestClient, bot: FakeBot) -> dict[str, Any]:
    """Opened with two lines of a conversation."""
    said(client, bot, "my very own question", Reply(ReplyKind.ANSWER, "One."))
    return open_form(client)


def end(client: TestClient) -> None:
    assert client.post("/api/chat/end").status_code == 200


def test_the_ticket_comes_without_what_was_said_and_the_page_says_so(
    client: TestClient, gateway: Gateway, form: dict[str, Any]
) -> None:
    end(client)

    sent = client.post("/contact", data={**form, **FILLED}, files=attached(("a.pdf", pdf())))

    assert "T-2023-000001" in sent.text and ENDED_ON_SENT in sent.text
    (ticket,) = kept(gateway).values()
    assert (ticket.message, ticket.transcript, ticket.lines_left_out) == (FILLED["message"], (), 0)
    assert [file.name for file in ticket.files] == ["a.pdf"]


def test_what_is_said_in_the_next_chat_does_not_go_along_unseen(
    client: TestClient, gateway: Gateway, bot: FakeBot, form: dict[str, Any]
) -> None:
    end(client)
    said(client, bot, "another question", Reply(ReplyKind.ANSWER, "Two."))

    sent = client.post("/contact", data={**form, **FILLED})

    assert ENDED_ON_SENT in sent.text
    (ticket,) = kept(gateway).values()
    assert ticket.transcript == ()


def test_files_kept_before_the_end_stay_with_the_form(
    client: TestClient, gateway: Gateway, form: dict[str, Any]
) -> None:
    first = client.post("/contact", data={**form, "name": "Ane"}, files=attached(("a.pdf", pdf())))
    end(client)
    second = client.post("/contact", data={**carried_by(first.text), "name": "Ane"})

    assert kept_names(second.text) == ["a.pdf"] and ENDED_ON_FORM in second.text
    assert "very own" not in second.text and "goes along as you chose" not in second.text
    assert carried_by(second.text)["keep"] == [] and len(carried_by(second.text)["attached"]) == 1
    assert "choose them again" not in problems(second.text)
    client.post("/contact", data={**carried_by(second.text), **FILLED})
    (ticket,) = kept(gateway).values()
    assert [file.name for file in ticket.files] == ["a.pdf"]


def test_a_form_sent_before_the_end_and_once_more_after_it_is_one_ticket(
    client: TestClient, gateway: Gateway, form: dict[str, Any]
) -> None:
    client.post("/contact", data={**form, **FILLED})
    end(client)

    again = client.post("/contact", data={**form, **FILLED})

    assert "T-2023-000001" in again.text and ENDED_ON_SENT not in again.text
    (ticket,) = kept(gateway).values()
    assert len(ticket.transcript) == 2


def test_who_wanted_to_send_no_line_is_told_nothing(client: TestClient, form: dict[str, Any]) -> None:
    end(client)

    assert ENDED_ON_SENT not in client.post("/contact", data={**form, **FILLED, "keep": []}).text


def test_who_ticks_the_lines_after_sending_without_them_is_not_told_of_an_end(
    client: TestClient, form: dict[str, Any]
) -> None:
    client.post("/contact", data={**form, **FILLED, "keep": []})

    again = client.post("/contact", data={**form, **FILLED})

    assert "T-2023-000001" in again.text and ENDED_ON_SENT not in again.text


def test_a_chat_that_ran_out_and_was_looked_at_again_loses_nothing_typed(
    client: TestClient, gateway: Gateway, clock: FakeClock, form: dict[str, Any]
) -> None:
    clock.move(timedelta(hours=3))
    client.get("/")

    assert "T-2023-000001" in client.post("/contact", data={**form, **FILLED}).text


def test_the_sentence_about_the_end_cannot_be_made_up(client: TestClient) -> None:
    confirmation = str(client.post("/contact", data={**open_form(client), **FILLED}).url)

    assert client.get(confirmation).status_code == 200
    assert client.get(confirmation.replace("alone=", "alone=yes")).status_code == 404


def test_a_form_is_still_nobody_elses(browser: Callable[[], TestClient], gateway: Gateway) -> None:
    client, stranger = browser(), browser()
    form = open_form(client)
    end(client)
    end(stranger)

    assert stranger.post("/contact", data={**form, **FILLED}).status_code == 403
    assert not kept(gateway)
