"""The answer assistant for programs: its contract, its keys and its limits."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from bot.adapters.faq_files import read_faq
from bot.core.ranking import Band
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.services.manage_api_keys import create_key, revoke_key
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.asked import asked, mail
from tests.fakes import FakeBot
from tests.web.conftest import FAQ, HOST

ENTRIES = {entry.id: entry for entry in read_faq(FAQ)}
CANDIDATE = {"faq_id", "question", "answer", "version", "score", "margin", "matched"}
Ask = Callable[..., "object"]


@pytest.fixture
def key(own_console: Console) -> str:
    return create_key(own_console.keys, "the help desk")[1]


@pytest.fixture
def ask(nobody: TestClient, key: str) -> Ask:
    """Sends a question with a good key."""
    return lambda **body: nobody.post("/api/assist", json=body, headers={"Authorization": f"Bearer {key}"})


def test_a_question_is_answered_in_the_form_of_the_contract(ask: Ask, bot: FakeBot) -> None:
    bot.mail = mail(
        asked("how long?", how_long_for_discount=0.9, discount_not_received_50_days=0.06, cash_or_cheque=0.03)
    )
    told = ask(question="how long?", limit=2).json()
    entry = ENTRIES["how_long_for_discount"]
    assert told["band"] == "answer"
    assert [set(candidate) for candidate in told["candidates"]] == [CANDIDATE] * 2
    assert told["candidates"][0] == {
        "faq_id": entry.id,
        "question": entry.question,
        "answer": entry.answer,
        "version": entry.version,
        "score": 0.9,
        "margin": 0.84,
        "matched": "a phrase for how_long_for_discount",
    }
    assert told["found_by"] == "meaning"
    assert bot.mails[0][0] == "how long?"


def test_two_questions_are_answered_each_and_together(ask: Ask, bot: FakeBot) -> None:
    bot.mail = mail(
        asked("in cash?", cash_or_cheque=0.95, pay_to_someone_else=0.04),
        asked("a scanner?", no_scanner_for_invoice=0.99),
        asked("firmware?", Band.NONE, stranger=0.99, product_not_listed=0.001),
    )
    told = ask(question="in cash? a scanner? firmware?", limit=3).json()
    assert [one["faq_id"] for one in told["candidates"]] == [
        "cash_or_cheque",
        "no_scanner_for_invoice",
        "pay_to_someone_else",
    ]
    assert [(one["question"], one["band"]) for one in told["questions"]] == [
        ("in cash?", "answer"), ("a scanner?", "answer"), ("firmware?", "none")
    ]  # fmt: skip
    assert told["questions"][2]["candidates"] == []
    assert [set(one) for question in told["questions"] for one in question["candidates"]] == [CANDIDATE] * 3


def test_a_look_up_is_never_answered_with_what_comes_next(ask: Ask, bot: FakeBot) -> None:
    bot.mail = mail(asked("where is my claim?", claim_status=0.9, claim_notification=0.08))
    told = ask(question="where is my claim?").json()
    assert told["band"] == "none"
    (question,) = told["questions"]
    assert (question["asks_for"], question["band"]) == ("claim_status", "none")
    assert "look it up" in question["advice"]


def test_nothing_asked_is_nothing_found(ask: Ask) -> None:
    told = ask(question="thank you!").json()
    assert (told["band"], told["candidates"], told["questions"]) == ("none", [], [])


def test_dates_bring_the_pages_contradiction_along(ask: Ask, bot: FakeBot) -> None:
    bot.mail = mail(asked("until when?", when_can_i_claim=0.99))
    (note,) = ask(question="until when?").json()["notes"]
    assert "two last days for claims" in note


def test_without_rasa_words_are_compared_and_it_is_said(ask: Ask, bot: FakeBot) -> None:
    bot.is_down = True
    told = ask(question="where is the serial number?").json()
    assert (told["found_by"], told["band"]) == ("words", "suggest")
    assert told["candidates"][0]["faq_id"] == "serial_number_location"


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer pdk_", "Bearer pdk_" + "a" * 43, "Basic pdk_x", "pdk_" + "a" * 43, "Bearer " + "x" * 5000],
)  # fmt: skip
def test_nobody_without_a_key_is_answered(nobody: TestClient, bot: FakeBot, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    refused = nobody.post("/api/assist", json={"question": "how long?"}, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.json()["error"]["code"] == "no_key"
    assert bot.mails == []


def test_a_revoked_key_opens_nothing_any_more(ask: Ask, own_console: Console) -> None:
    assert ask(question="how long?").status_code == 200
    (known,) = own_console.keys.keys.all()
    revoke_key(own_console.keys, known.id)
    assert ask(question="how long?").status_code == 401


def test_the_day_of_the_last_use_is_noted(ask: Ask, own_console: Console) -> None:
    ask(question="how long?")
    (known,) = own_console.keys.keys.all()
    assert known.last_used_on == own_console.keys.clock.today()
    assert isinstance(known.last_used_on, date)


def test_a_signed_in_agent_is_no_key(sign_in_as: Callable[..., TestClient]) -> None:
    assert sign_in_as().post("/api/assist", json={"question": "how long?"}).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"question": "x" * 10_001}, 413, "question"),
        ({"question": ""}, 422, "question"),
        ({"question": " \n\x00\u202e"}, 422, "question"),
        ({"question": 3}, 422, "question"),
        ({"question": None}, 422, "question"),
        ({"question": "x", "limit": 0}, 422, "limit"),
        ({"question": "x", "limit": 11}, 422, "limit"),
        ({"question": "x", "limit": "3"}, 422, "limit"),
        ({"question": "x", "limit": True}, 422, "limit"),
        ({"question": "x", "limit": 2.0}, 422, "limit"),
        ({"question": "x", "more": 1}, 422, ""),
        ({}, 422, "question"),
        ([], 422, "question"),
        ("x", 422, ""),
        (3, 422, ""),
    ],
)
def test_what_cannot_be_used_is_refused_in_the_one_form(
    nobody: TestClient, key: str, bot: FakeBot, body: object, status: int, field: str
) -> None:
    refused = nobody.post("/api/assist", json=body, headers={"Authorization": f"Bearer {key}"})
    error = refused.json()["error"]
    assert (refused.status_code, error.get("field", "")) == (status, field)
    assert error["message"] and "button" not in error["message"]
    assert bot.mails == []


@pytest.mark.parametrize(("kind", "body", "status"), [("text/plain", b"{}", 415), ("application/json", b"{", 422)])
def test_what_is_no_json_is_refused(nobody: TestClient, key: str, kind: str, body: bytes, status: int) -> None:
    headers = {"Authorization": f"bearer {key}", "Content-Type": kind}
    assert nobody.post("/api/assist", content=body, headers=headers).status_code == status


@pytest.mark.parametrize("letter", ["x", "ø", "😀"])
def test_ten_thousand_characters_are_read_however_they_travel(ask: Ask, bot: FakeBot, letter: str) -> None:
    assert ask(question=letter * 10_000).status_code == 200
    assert len(bot.mails[0][0]) == 10_000


def test_far_too_much_is_refused_before_it_is_looked_at(nobody: TestClient, key: str) -> None:
    refused = nobody.post("/api/assist", json={"question": "x" * 200_000}, headers={"Authorization": f"Bearer {key}"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_long")


def test_each_key_is_limited_by_itself(gateway: Gateway, own_console: Console) -> None:
    app = create_app(replace(gateway, console=own_console), Limits(per_key=2))
    client = TestClient(app, base_url=HOST)
    one, other = (create_key(own_console.keys, name)[1] for name in ("one", "other"))

    def send(key: str):  # noqa: ANN202
        return client.post("/api/assist", json={"question": "x"}, headers={"Authorization": f"Bearer {key}"})

    assert [send(one).status_code for _ in range(3)] == [200, 200, 429]
    assert int(send(one).headers["retry-after"]) > 0
    assert send(other).status_code == 200


def test_who_guesses_keys_is_slowed_down(gateway: Gateway, own_console: Console) -> None:
    client = TestClient(create_app(replace(gateway, console=own_console), Limits(per_address=3)), base_url=HOST)
    guesses = [client.post("/api/assist", json={}, headers={"Authorization": f"Bearer pdk_{n}"}) for n in range(4)]
    assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]


def test_no_key_is_ever_logged(nobody: TestClient, key: str, bot: FakeBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bot.is_down = True
    for headers in ({"Authorization": f"Bearer {key}"}, {"Authorization": f"Bearer {key}x"}):
        nobody.post("/api/assist", json={"question": "how long?"}, headers=headers)
        nobody.post("/api/assist", content=b"{", headers=headers | {"Content-Type": "application/json"})
    assert key not in caplog.text
    assert key not in json.dumps(nobody.get("/metrics").text)


def test_a_desk_without_agents_has_no_such_api(gateway: Gateway) -> None:
    client = TestClient(create_app(gateway), base_url=HOST)
    for path in ("/api/assist", "/api/chatwoot"):
        assert client.post(path, json={}).status_code == 404
