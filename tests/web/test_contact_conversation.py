"""The form is filled in from the conversation, and of that goes along what it has shown and the customer lets go."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from fastapi.testclient import TestClient

from bot.core.replies import Link, Reply, ReplyKind
from bot.services.gateway import Gateway
from bot.services.ports import LookupDetails
from tests.fakes import FakeBot, FakeClock, FakeConversations, FakeLookups
from tests.web.conftest import Page
from tests.web.contact_form import FILLED, carried_by, kept, open_form, said


def test_the_conversation_goes_along_masked_and_is_shown_before(
    client: TestClient, gateway: Gateway, bot: FakeBot
) -> None:
    bot.replies = [
        Reply(ReplyKind.LOOKUP, "Your claim LEN-615204 is validated."),
        Reply(ReplyKind.ANSWER, "Fax 0049 7031 7632 5563.", faq_id="fax"),
    ]
    client.post("/api/chat", json={"text": "Where is LEN-615204?"})

    form = client.get("/contact?conversation=C-AAAA-AAAA").text
    client.post("/contact", data={**open_form(client), **FILLED})

    (ticket,) = kept(gateway).values()
    assert [line.speaker for line in ticket.transcript] == ["Customer", "Assistant", "Assistant"]
    assert "This conversation goes along" in form
    for text in (form, str(ticket.transcript)):
        assert "615204" not in text
        assert "is validated." in text and "Fax 0049 7031 7632 5563." in text


def test_the_public_reference_shows_nobody_elses_conversation(
    browser: Callable[[], TestClient], bot: FakeBot, gateway: Gateway
) -> None:
    owner, stranger = browser(), browser()
    owner.post("/api/chat", json={"text": "my very own question"})
    conversation = bot.asked[0][0]
    reference = next(
        known.reference for known in gateway.conversations._by_session.values() if known.id == conversation
    )  # type: ignore[attr-defined]

    page = stranger.get(f"/contact?conversation={reference}").text
    stranger.post("/contact", data={**open_form(stranger), **FILLED})

    assert "very own" not in page and "goes along" not in page
    (ticket,) = kept(gateway).values()
    assert ticket.transcript == ()


def test_the_form_is_filled_in_from_the_conversation(client: TestClient, gateway: Gateway, bot: FakeBot) -> None:
    entry = gateway.faq["cash_or_cheque"]
    said(client, bot, "Cash?", Reply(ReplyKind.ANSWER, entry.answer, faq_id=entry.id, version=entry.version))
    unknown = Reply(ReplyKind.NOTICE, "I have not understood.", links=(Link("Contact form", "/contact"),))
    said(client, bot, "Could you pay to account 1234.56.78903 in Bergen?", unknown)
    said(client, bot, "A person, please", Reply(ReplyKind.HANDOFF, "The form is here."))
    assert isinstance(gateway.lookups, FakeLookups)
    gateway.lookups.keep(bot.asked[0][0], LookupDetails(reference="LEN-615204"))

    html = client.get("/contact").text

    page = Page(html)
    assert page.fields["claim_reference"] == "LEN-615204"
    assert f"<option selected>{entry.section}</option>" in html
    (message,) = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", html)
    assert message.strip() == "Could you pay to account ‹account number› in Bergen?"


def test_lines_the_customer_leaves_out_do_not_go_along(client: TestClient, gateway: Gateway, bot: FakeBot) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One.", faq_id="one", version="v1", why="answers one with 0.90"))
    said(client, bot, "Second", Reply(ReplyKind.ANSWER, "Two.", faq_id="two", version="v2"))
    form = open_form(client)
    first, answer, *_ = form["keep"]

    client.post("/contact", data={**form, **FILLED, "keep": [first, answer]})

    (ticket,) = kept(gateway).values()
    assert [line.text for line in ticket.transcript] == ["First", "One."]
    assert ticket.lines_left_out == 2
    assert [(one.faq_id, one.version, one.why) for one in ticket.answers] == [("one", "v1", "answers one with 0.90")]


def test_the_choice_of_lines_survives_a_mistake(client: TestClient, bot: FakeBot) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    form = open_form(client)

    again = client.post("/contact", data={**form, "keep": form["keep"][1:]})

    assert carried_by(again.text)["keep"] == form["keep"][1:]


def test_what_is_said_after_the_form_was_opened_is_shown_before_it_goes_along(
    client: TestClient, gateway: Gateway, bot: FakeBot
) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    form = open_form(client)
    said(client, bot, "Later", Reply(ReplyKind.ANSWER, "Two."))

    again = client.post("/contact", data={**form, "name": "Ane Birk"})
    client.post("/contact", data={**form, **FILLED})

    assert len(carried_by(again.text)["keep"]) == 4
    (ticket,) = kept(gateway).values()
    assert [line.text for line in ticket.transcript] == ["First", "One."]


def test_a_conversation_that_is_over_meanwhile_goes_along_all_the_same(
    client: TestClient, gateway: Gateway, bot: FakeBot, clock: FakeClock
) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    form = open_form(client)
    clock.move(timedelta(hours=3))

    client.post("/contact", data={**form, **FILLED})

    (ticket,) = kept(gateway).values()
    assert len(ticket.transcript) == 2


def test_a_conversation_that_is_over_is_shown_to_its_own_form_only(
    client: TestClient, bot: FakeBot, clock: FakeClock
) -> None:
    said(client, bot, "my very own question", Reply(ReplyKind.ANSWER, "One."))
    form = open_form(client)
    clock.move(timedelta(hours=3))

    assert "very own" in client.post("/contact", data=form).text
    assert "very own" not in client.post("/contact", data={**form, "csrf": "another"}).text


def test_while_the_conversation_cannot_be_read_the_choice_is_carried_along(
    client: TestClient, gateway: Gateway, bot: FakeBot
) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    form = open_form(client)
    assert isinstance(gateway.conversations, FakeConversations)
    gateway.conversations.is_down = True
    failed = client.post("/contact", data={**form, **FILLED})
    gateway.conversations.is_down = False

    carried = re.findall(r'type="hidden" name="keep" value="([^"]+)"', failed.text)
    client.post("/contact", data={**carried_by(failed.text), **FILLED, "keep": carried})

    assert failed.status_code == 503 and sorted(carried) == sorted(form["keep"])
    (ticket,) = kept(gateway).values()
    assert [line.text for line in ticket.transcript] == ["First", "One."]
