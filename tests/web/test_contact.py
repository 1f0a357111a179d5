from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.core.replies import Reply, ReplyKind
from bot.services.gateway import Gateway
from tests.fakes import FakeBot, FakeEnquiries
from tests.web.conftest import Page

FILLED = {"name": "Ane Birk", "email": "ane@birkvik.example", "message": "Please look into it."}


def open_form(client: TestClient, path: str = "/contact") -> dict[str, str]:
    fields = Page(client.get(path).text).fields
    return {"csrf": fields["csrf"], "form": fields["form"]}


def kept(gateway: Gateway) -> dict:
    assert isinstance(gateway.enquiries, FakeEnquiries)
    return gateway.enquiries.kept


def test_an_enquiry_is_kept_and_its_reference_told(client: TestClient, gateway: Gateway) -> None:
    response = client.post("/contact", data={**open_form(client), **FILLED})

    assert response.status_code == 200
    assert "T-2023-000001" in response.text
    assert kept(gateway)["T-2023-000001"].email == "ane@birkvik.example"


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

    (enquiry,) = kept(gateway).values()
    assert [line.speaker for line in enquiry.transcript] == ["Customer", "Assistant", "Assistant"]
    assert "This conversation goes along" in form
    for text in (form, str(enquiry.transcript)):
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
    (enquiry,) = kept(gateway).values()
    assert enquiry.transcript == ()


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
    assert wrong == ["name", "email", "company", "message"]
    assert all(f"{name}-problem" in page.ids for name in wrong)
    assert page.fields["email"] == "ane at birkvik" and page.fields["claim_reference"] == "LEN 6152"
    assert "m" * 4001 in response.text
    assert not kept(gateway)


def test_the_same_form_sent_twice_is_one_ticket(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)

    first, second = (client.post("/contact", data={**form, **FILLED}).text for _ in range(2))

    assert "T-2023-000001" in first and "T-2023-000001" in second
    assert len(kept(gateway)) == 1
    client.post("/contact", data={**open_form(client), **FILLED})
    assert len(kept(gateway)) == 2


def test_a_form_with_another_sessions_token_is_not_sent(browser: Callable[[], TestClient], gateway: Gateway) -> None:
    client = browser()
    client.get("/contact")

    for token in ("", open_form(browser())["csrf"]):
        response = client.post("/contact", data={"csrf": token, "form": "f", **FILLED})
        assert response.status_code == 403
        assert FILLED["message"] in response.text
    assert not kept(gateway)


def test_what_only_programs_fill_in_stops_the_enquiry_but_loses_nothing(client: TestClient, gateway: Gateway) -> None:
    response = client.post("/contact", data={**open_form(client), **FILLED, "website": "http://spam.example"})

    assert response.status_code == 422
    assert FILLED["message"] in response.text and "spam.example" not in response.text
    assert not kept(gateway)


def test_a_line_break_in_a_name_does_not_survive(client: TestClient, gateway: Gateway) -> None:
    client.post("/contact", data={**open_form(client), **FILLED, "name": "Ane\r\nBcc: all@birkvik.example"})

    (enquiry,) = kept(gateway).values()
    assert enquiry.name == "Ane Bcc: all@birkvik.example"


def test_without_the_database_nothing_typed_is_lost(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)
    assert isinstance(gateway.enquiries, FakeEnquiries)
    gateway.enquiries.is_down = True

    response = client.post("/contact", data={**form, **FILLED})

    assert response.status_code == 503
    assert FILLED["message"] in response.text


def test_a_confirmation_is_shown_for_a_given_reference_only(client: TestClient) -> None:
    assert client.get("/contact/sent?reference=T-2023-000001&seal=x").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xfe=%ff%00", "application/x-www-form-urlencoded"),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\nb\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"a=1&" * 5000, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"m=" + b"a" * 100_000, "application/x-www-form-urlencoded"),
    ],
    ids=["bytes", "no boundary", "broken", "file", "many fields", "json", "long"],
)
@pytest.mark.parametrize("path", ["/contact", "/chat"])
def test_nothing_that_is_sent_breaks_a_form(client: TestClient, path: str, content: bytes, kind: str) -> None:
    response = client.post(path, content=content, headers={"Content-Type": kind})

    assert 400 <= response.status_code < 500
