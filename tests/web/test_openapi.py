"""The API's description: complete, true, and nothing that fits it, or does not, brings the gateway down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy.engine import Engine

from bot.adapters.chatwoot_http import ChatwootHelpDesk
from bot.adapters.sql.taken_messages import SqlTakenMessages
from bot.core.ranking import Band
from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.services.answer_help_desk import HelpDeskBot
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.services.manage_api_keys import create_key
from bot.web.app import create_app
from bot.web.limits import Limits
from bot.web.openapi import DESCRIBED
from tests.asked import asked, mail
from tests.chatwoot import SECRET, TOKEN, message, running_chatwoot
from tests.fakes import FakeBot
from tests.web.conftest import HOST
from tests.web.desk.conftest import (  # noqa: F401
    _empty_claims,
    _empty_desk,
    desk_database,
    desk_settings,
    own_console,
)

REQUESTS = 25
"""So many of each route and kind are made up."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    ignored_auth,
]
SAID = (
    Reply(ReplyKind.ANSWER, "Yes. CLICK HERE", faq_id="x", version="abc", links=(Link("CLICK HERE", "/contact"),)),
    Reply(ReplyKind.SUGGESTIONS, "Which one?", buttons=(Button("This", "faq:x"),)),
)


@pytest.fixture
def whole_app(gateway: Gateway, own_console: Console, desk_database: Engine, bot: FakeBot):  # noqa: ANN201, F811
    """A gateway with all that is described, Chatwoot too; only Rasa's part is made up."""
    bot.replies = list(SAID)
    bot.mail = mail(
        asked("until when?", when_can_i_claim=0.97, how_to_qualify=0.02),
        asked("where is it?", Band.SUGGEST, claim_status=0.5, claim_notification=0.4),
        asked("firmware?", Band.NONE, stranger=0.99, product_not_listed=0.001),
    )
    with running_chatwoot() as chatwoot:
        help_desk = HelpDeskBot(
            ChatwootHelpDesk(chatwoot.url, TOKEN),
            SqlTakenMessages(desk_database),
            own_console.assist,
            own_console.keys.clock,
            SECRET,
        )
        many = Limits(per_session=10**6, per_address=10**6, per_key=10**6)
        yield create_app(replace(gateway, console=replace(own_console, help_desk=help_desk)), many)


@pytest.fixture
def api(whole_app: FastAPI) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", whole_app)


@pytest.fixture
def key(own_console: Console) -> str:  # noqa: F811
    return create_key(own_console.keys, "a program")[1]


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(
    max_examples=REQUESTS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_whatever_is_sent_is_answered_as_described(case: schemathesis.Case, key: str) -> None:
    parameters = {"token": SECRET} if case.operation.path == "/api/chatwoot" else {}
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, params=parameters, checks=CHECKS)


def test_these_routes_and_no_others_are_described(whole_app: FastAPI) -> None:
    told = TestClient(whole_app, base_url=HOST).get("/api/openapi.json").json()
    assert set(told["paths"]) == set(DESCRIBED)
    assert told["info"]["title"] == "Lenovo IT accessories Promotion"
    assert told["paths"]["/api/assist"]["post"]["security"] == [{"key": []}]
    assert "security" not in told["paths"]["/api/chat"]["post"]


def test_the_description_has_the_contract_of_the_assistant(whole_app: FastAPI) -> None:
    told = TestClient(whole_app, base_url=HOST).get("/api/openapi.json").json()
    candidate = told["components"]["schemas"]["Candidate"]
    assert candidate["required"] == ["faq_id", "question", "answer", "version", "score", "margin", "matched"]
    taken = told["paths"]["/api/assist"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert taken["properties"]["question"]["maxLength"] == 10_000
    assert (taken["properties"]["limit"]["minimum"], taken["properties"]["limit"]["maximum"]) == (1, 10)


def test_a_desk_without_agents_describes_what_it_has(gateway: Gateway) -> None:
    told = TestClient(create_app(gateway), base_url=HOST).get("/api/openapi.json").json()
    assert set(told["paths"]) == {"/api/chat", "/api/chat/history", "/api/feedback"}


def test_what_is_described_is_what_is_told(whole_app: FastAPI, key: str) -> None:
    """The checks see answers of every kind, not only errors."""
    client = TestClient(whole_app, base_url=HOST)
    api = schemathesis.openapi.from_asgi("/api/openapi.json", whole_app)
    said = client.post("/api/chat", json={"text": "until when?", "key": "k1"})
    headers = {"Authorization": f"Bearer {key}"}
    rated = {"message_id": said.json()["messages"][0]["id"], "helpful": True}
    told = {
        ("/api/chat", "POST"): said,
        ("/api/chat/history", "GET"): client.get("/api/chat/history", params={"keys": "k1"}),
        ("/api/feedback", "POST"): client.post("/api/feedback", json=rated),
        ("/api/assist", "POST"): client.post("/api/assist", json={"question": "until when?"}, headers=headers),
        ("/api/chatwoot", "POST"): client.post("/api/chatwoot", params={"token": SECRET}, json=message()),
    }
    for (path, method), answer in told.items():
        assert answer.status_code == 200, path
        api[path][method].validate_response(answer)
