"""A message is one ticket however often it is sent, and another one is a ticket of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot.core.mails import MailKind
from bot.core.replies import Reply, ReplyKind
from bot.services.gateway import Gateway
from tests.fakes import FakeBot, FakeClock, FakeTickets
from tests.sample_files import pdf, png
from tests.web.contact_form import FILLED, attached, carried_by, kept, kept_names, open_form, problems, said

AGAIN, MORE = (
    "You sent this very message a few minutes ago already",
    "You sent the same message before, as T-2023-000001",
)


def test_the_same_form_sent_twice_is_one_ticket(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)

    first, second = (client.post("/contact", data={**form, **FILLED}).text for _ in range(2))

    assert "T-2023-000001" in first and "T-2023-000001" in second
    assert len(kept(gateway)) == 1
    assert AGAIN not in second


def test_another_message_from_the_same_page_is_another_ticket(client: TestClient, gateway: Gateway) -> None:
    """Back, write something else, send: whoever does it twice still gets one ticket for each message."""
    form = open_form(client)
    other = {**FILLED, "message": "And another question."}

    sent = [client.post("/contact", data={**form, **typed}).text for typed in (FILLED, other, FILLED, other, other)]

    numbers = [re.findall(r"T-2023-\d{6}", page)[0][-1] for page in sent]
    assert numbers == ["1", "2", "1", "2", "2"]
    assert [ticket.message for ticket in kept(gateway).values()] == [FILLED["message"], other["message"]]


def test_another_message_from_the_same_page_can_be_corrected_and_has_files_of_its_own(
    client: TestClient, gateway: Gateway
) -> None:
    form, picture = open_form(client), {"files": ("a.png", png(), "image/png")}
    client.post("/contact", data={**form, **FILLED}, files=picture)

    wrong = client.post("/contact", data={**form, **FILLED, "message": ""}, files=picture)
    right = client.post("/contact", data={**carried_by(wrong.text), **FILLED, "message": "And this?"})

    assert wrong.status_code == 422 and "T-2023-000002" in right.text
    assert [len(ticket.files) for ticket in kept(gateway).values()] == [1, 1]


# Back, and a fresh form: what a browser without JavaScript does


def test_the_same_message_from_a_fresh_form_is_the_same_ticket_and_says_so(
    client: TestClient, gateway: Gateway, bot: FakeBot
) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    pages = [client.post("/contact", data={**open_form(client), **FILLED}).text for _ in range(3)]

    assert all("T-2023-000001" in page for page in pages)
    assert [AGAIN in page for page in pages] == [False, True, True]
    assert len(kept(gateway)) == 1
    assert isinstance(gateway.contact.tickets, FakeTickets)
    assert len(gateway.contact.tickets.mails) == 2


@pytest.mark.parametrize(
    "changed", [{"message": "Please look into it!"}, {"topic": "My claim"}, {"claim_reference": "LEN-615204"}]
)
def test_whatever_is_changed_makes_a_fresh_form_a_ticket_of_its_own(
    client: TestClient, gateway: Gateway, changed: dict[str, str]
) -> None:
    client.post("/contact", data={**open_form(client), **FILLED})

    second = client.post("/contact", data={**open_form(client), **FILLED, **changed})

    assert "T-2023-000002" in second.text and AGAIN not in second.text
    assert len(kept(gateway)) == 2


def test_the_same_words_after_more_was_said_are_a_message_of_their_own(
    client: TestClient, gateway: Gateway, bot: FakeBot
) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    client.post("/contact", data={**open_form(client), **FILLED})
    said(client, bot, "Second", Reply(ReplyKind.ANSWER, "Two."))

    client.post("/contact", data={**open_form(client), **FILLED})

    assert [len(ticket.transcript) for ticket in kept(gateway).values()] == [2, 4]


def test_lines_ticked_anew_are_a_message_of_their_own(client: TestClient, gateway: Gateway, bot: FakeBot) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    form = open_form(client)
    client.post("/contact", data={**form, **FILLED, "keep": form["keep"][:1]})

    client.post("/contact", data={**open_form(client), **FILLED})

    assert [len(ticket.transcript) for ticket in kept(gateway).values()] == [1, 2]


def test_the_same_words_ten_minutes_later_are_a_message_of_their_own(
    client: TestClient, gateway: Gateway, clock: FakeClock
) -> None:
    client.post("/contact", data={**open_form(client), **FILLED})
    clock.move(timedelta(minutes=9))
    assert AGAIN in client.post("/contact", data={**open_form(client), **FILLED}).text
    clock.move(timedelta(minutes=2))

    assert "T-2023-000002" in client.post("/contact", data={**open_form(client), **FILLED}).text
    assert len(kept(gateway)) == 2


def test_the_same_words_from_another_browser_are_somebody_elses(
    browser: Callable[[], TestClient], gateway: Gateway
) -> None:
    for client in (browser(), browser()):
        assert AGAIN not in client.post("/contact", data={**open_form(client), **FILLED}).text
    assert len(kept(gateway)) == 2


# Files added after going back


@pytest.mark.parametrize("is_fresh", [False, True], ids=["same form", "fresh form"])
def test_a_file_added_to_the_same_words_goes_along_with_a_ticket_that_says_so(
    client: TestClient, gateway: Gateway, is_fresh: bool
) -> None:
    first, added = ("a.pdf", pdf()), ("b.png", png())
    form = open_form(client)
    client.post("/contact", data={**form, **FILLED}, files=attached(first))

    for _ in range(2):
        form = open_form(client) if is_fresh else form
        page = client.post("/contact", data={**form, **FILLED}, files=attached(first, added)).text
        assert "T-2023-000002" in page
    assert MORE in page or is_fresh

    one, two = kept(gateway).values()
    assert [file.name for file in one.files] == ["a.pdf"]
    assert [file.name for file in two.files] == ["a.pdf", "b.png"]
    assert isinstance(gateway.contact.tickets, FakeTickets)
    told = [mail.body for mail in gateway.contact.tickets.mails if mail.kind is MailKind.SUPPORT]
    assert ["sent the same message before, as T-2023-000001" in body for body in told] == [False, True]


def test_the_page_says_which_ticket_a_fresh_form_with_a_file_adds_to(client: TestClient) -> None:
    client.post("/contact", data={**open_form(client), **FILLED})

    page = client.post("/contact", data={**open_form(client), **FILLED}, files=attached(("b.png", png()))).text

    assert MORE in page and "T-2023-000002" in page


def test_the_same_file_once_more_adds_nothing(client: TestClient, gateway: Gateway) -> None:
    picture = attached(("a.png", png()))
    form = open_form(client)
    for sent in (form, form, open_form(client)):
        assert "T-2023-000001" in client.post("/contact", data={**sent, **FILLED}, files=picture).text
    assert len(kept(gateway)) == 1


def test_another_file_of_the_same_name_is_not_taken_for_it(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)
    for content in (pdf(1), pdf(2)):
        client.post("/contact", data={**form, **FILLED}, files=attached(("a.pdf", content)))
    assert [len(ticket.files) for ticket in kept(gateway).values()] == [1, 1]


def test_a_wrong_file_added_to_a_sent_form_is_named_and_nothing_is_opened_for_it(
    client: TestClient, gateway: Gateway
) -> None:
    form = open_form(client)
    client.post("/contact", data={**form, **FILLED})

    wrong = client.post("/contact", data={**form, **FILLED}, files=attached(("b.docx", b"PK")))

    assert wrong.status_code == 422 and "b.docx: this is not" in problems(wrong.text)
    assert "T-2023-000001" in client.post("/contact", data={**carried_by(wrong.text), **FILLED}).text
    assert len(kept(gateway)) == 1


def test_a_file_that_was_kept_while_another_was_refused_is_not_lost(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)
    client.post("/contact", data={**form, **FILLED})

    wrong = client.post("/contact", data={**form, **FILLED}, files=attached(("b.png", png()), ("b.docx", b"PK")))
    assert kept_names(wrong.text) == ["b.png"]
    client.post("/contact", data={**carried_by(wrong.text), **FILLED})

    assert [[file.name for file in ticket.files] for ticket in kept(gateway).values()] == [[], ["b.png"]]


def test_a_form_that_came_back_once_can_be_sent_again_with_one_more_file(client: TestClient, gateway: Gateway) -> None:
    """Its first file is with the first ticket already, and not asked for again."""
    came_back = client.post("/contact", data=open_form(client), files=attached(("a.pdf", pdf())))
    form = {**carried_by(came_back.text), **FILLED}
    client.post("/contact", data=form)

    again = client.post("/contact", data=form, files=attached(("b.png", png())))

    assert "T-2023-000002" in again.text
    assert [[file.name for file in ticket.files] for ticket in kept(gateway).values()] == [["a.pdf"], ["b.png"]]


def test_files_that_were_not_all_read_are_never_taken_for_sent(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)
    client.post("/contact", data={**form, **FILLED})

    again = client.post("/contact", data={**form, **FILLED}, files=attached(*((f"{n}", b"") for n in range(30))))

    assert again.status_code == 422 and "10 more files" in problems(again.text)
    assert len(kept(gateway)) == 1


def test_the_words_about_another_ticket_cannot_be_made_up(client: TestClient) -> None:
    address = str(client.post("/contact", data={**open_form(client), **FILLED}).url)

    for made_up in (address.replace("again=", "again=yes"), address.replace("follows=", "follows=T-2023-000009")):
        assert made_up != address and client.get(made_up).status_code == 404
