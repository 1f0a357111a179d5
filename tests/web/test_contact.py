"""A form that is filled in becomes a ticket with its mails; what is wrong is said, and nothing typed is lost."""

from __future__ import annotations

from fastapi.testclient import TestClient

from bot.services.gateway import Gateway
from tests.fakes import FakeTickets
from tests.web.conftest import Page
from tests.web.contact_form import FILLED, kept, open_form


def test_a_ticket_is_kept_and_its_number_told(client: TestClient, gateway: Gateway) -> None:
    response = client.post("/contact", data={**open_form(client), **FILLED})

    assert response.status_code == 200
    assert "T-2023-000001" in response.text
    assert kept(gateway)["T-2023-000001"].email == "ane@birkvik.example"


def test_every_wrong_field_is_named_at_once_and_nothing_typed_is_lost(client: TestClient, gateway: Gateway) -> None:
    typed = {
        "name": " ",
        "email": "ane at birkvik",
        "company": "B" * 101,
        "claim_reference": "LEN 6152",
        "message": "m" * 4001,
    }

    response = client.post("/contact", data={**open_form(client), **typed})

    assert response.status_code == 422
    page = Page(response.text)
    wrong = [given["name"] for tag, given in page.tags if given.get("aria-invalid")]
    assert wrong == ["message", "name", "email", "company"]
    assert all(f"{name}-problem" in page.ids for name in wrong)
    assert page.fields["email"] == "ane at birkvik" and page.fields["claim_reference"] == "LEN 6152"
    assert "m" * 4001 in response.text
    assert not kept(gateway)


def test_a_line_break_in_a_name_does_not_survive(client: TestClient, gateway: Gateway) -> None:
    client.post("/contact", data={**open_form(client), **FILLED, "name": "Ane\r\nBcc: all@birkvik.example"})

    (ticket,) = kept(gateway).values()
    assert ticket.name == "Ane Bcc: all@birkvik.example"


def test_without_the_database_nothing_typed_is_lost(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)
    assert isinstance(gateway.contact.tickets, FakeTickets)
    gateway.contact.tickets.is_down = True

    response = client.post("/contact", data={**form, **FILLED})

    assert response.status_code == 503
    assert FILLED["message"] in response.text


def test_a_confirmation_is_shown_for_a_given_reference_only(client: TestClient) -> None:
    assert client.get("/contact/sent?reference=T-2023-000001&seal=x").status_code == 404


def test_the_mails_tell_customer_service_all_and_the_customer_the_number(client: TestClient, gateway: Gateway) -> None:
    client.post("/contact", data={**open_form(client), **FILLED, "topic": "My claim"})

    assert isinstance(gateway.contact.tickets, FakeTickets)
    support, confirmation = gateway.contact.tickets.mails
    assert (support.recipient, support.reply_to) == ("support@desk.test", "ane@birkvik.example")
    assert support.subject.startswith("T-2023-000001: My claim") and FILLED["message"] in support.body
    assert (confirmation.recipient, confirmation.reply_to) == ("ane@birkvik.example", "")
    assert "T-2023-000001" in confirmation.body
    assert FILLED["message"] not in confirmation.body and FILLED["name"] not in confirmation.body
