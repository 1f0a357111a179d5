"""What the gateway counts, who may read it, and what no label ever holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from bot.core.replies import Reply, ReplyKind
from bot.services.gateway import Gateway
from bot.services.ports import Unavailable
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.fakes import FakeBacklogs, FakeBot, FakeClock
from tests.web.conftest import HOST

HERE = ("127.0.0.1", 50000)
SAYING = "I am Sigrid Moe, sigrid.moe@fjordvik.example, LEN-730418"


def at_home(app: FastAPI) -> TestClient:
    """Who asks from this machine."""
    return TestClient(app, base_url=HOST, client=HERE, raise_server_exceptions=False)


def counted(app: FastAPI, name: str, **labels: str) -> float | None:
    """The value of one series; None if it is not there."""
    text = at_home(app).get("/metrics").text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return next((one.value for one in samples if one.name == name and labels.items() <= one.labels.items()), None)


def test_requests_are_counted_by_route_and_replies_by_kind_and_answer(
    app: FastAPI, client: TestClient, bot: FakeBot
) -> None:
    bot.replies = [
        Reply(ReplyKind.ANSWER, "Yes.", faq_id="how_long_for_discount"),
        Reply(ReplyKind.ANSWER, "Yes.", faq_id="made_up"),
    ]
    client.post("/api/chat", json={"text": "How long?"})
    client.get("/made/up/by/somebody")

    assert counted(app, "promodesk_requests_total", method="POST", route="/api/chat", status="200") == 1
    assert counted(app, "promodesk_requests_total", route="other", status="404") == 1
    assert counted(app, "promodesk_replies_total", kind="answer") == 2
    assert counted(app, "promodesk_answers_total", answer="how_long_for_discount") == 1
    assert counted(app, "promodesk_answers_total", answer="other") == 1
    assert counted(app, "promodesk_refusals_total", code="not_found") == 1
    assert counted(app, "promodesk_rasa_calls_total", outcome="answered") == 1
    for stage in ("turn", "wait", "rasa"):
        assert counted(app, "promodesk_stage_seconds_count", stage=stage) == 1


def test_whatever_can_be_counted_is_there_before_it_happens(app: FastAPI) -> None:
    assert counted(app, "promodesk_refusals_total", code="too_fast") == 0
    assert counted(app, "promodesk_rasa_calls_total", outcome="unavailable") == 0
    assert counted(app, "promodesk_answers_total", answer="how_long_for_discount") == 0
    assert counted(app, "promodesk_sign_ins_total", outcome="refused") == 0


def test_a_turn_without_the_bot_is_counted_as_such(app: FastAPI, client: TestClient, bot: FakeBot) -> None:
    bot.is_down = True
    client.post("/api/chat", json={"text": "How long?"})

    assert counted(app, "promodesk_rasa_calls_total", outcome="unavailable") == 1
    assert counted(app, "promodesk_replies_total", kind="notice") == 1


def test_nothing_of_a_customer_is_in_a_label(app: FastAPI, client: TestClient) -> None:
    client.post("/api/chat", json={"text": SAYING})
    client.get("/contact", params={"conversation": SAYING})
    client.get(f"/{SAYING}")
    client.request("LEN-730418", "/api/chat")
    client.post("/contact", data={"email": "sigrid.moe@fjordvik.example", "name": "Sigrid Moe", "message": SAYING})

    text = at_home(app).get("/metrics").text.lower()

    assert not [word for word in ("sigrid", "fjordvik", "730418") if word in text]


def test_the_parts_and_what_waits_are_told(gateway: Gateway, clock: FakeClock) -> None:
    async def is_down() -> None:
        raise Unavailable("http://10.0.0.7:5005 does not answer")

    backlogs = FakeBacklogs()
    backlogs.backlog = replace(
        backlogs.backlog,
        oldest_mail=datetime.now(timezone.utc) - timedelta(hours=2),
        oldest_unanswered=clock.now() - timedelta(hours=3),
    )
    app = create_app(replace(gateway, checks={"rasa": is_down}, backlogs=backlogs))

    assert counted(app, "promodesk_part_up", part="rasa") == 0
    assert counted(app, "promodesk_mails", state="given_up") == 2
    assert counted(app, "promodesk_failing_mails") == 1
    assert 2 * 3600 <= (counted(app, "promodesk_oldest_mail_seconds") or 0) < 3 * 3600
    assert counted(app, "promodesk_tickets", state="new") == 3
    assert counted(app, "promodesk_oldest_unanswered_ticket_seconds") == 3 * 3600
    assert counted(app, "promodesk_scrape_problem", source="desk_database") == 0
    assert backlogs.reads == 1, "who asks often does not burden the database"


def test_a_database_that_is_away_is_told_and_breaks_nothing_else(gateway: Gateway) -> None:
    app = create_app(replace(gateway, backlogs=FakeBacklogs(is_down=True)))

    assert counted(app, "promodesk_scrape_problem", source="desk_database") == 1
    assert counted(app, "promodesk_mails", state="waiting") is None
    assert counted(app, "promodesk_replies_total", kind="answer") == 0


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_without_a_token_only_this_machine_may_read_and_not_through_a_proxy(app: FastAPI, header: str) -> None:
    assert at_home(app).get("/metrics").status_code == 200
    assert at_home(app).get("/metrics", headers={header: "10.0.0.1"}).status_code == 404
    assert TestClient(app, client=("10.0.0.7", 50000)).get("/metrics").status_code == 404


def test_with_a_token_whoever_shows_it_may_read_and_nobody_else(gateway: Gateway, limits: Limits) -> None:
    app = create_app(replace(gateway, metrics_token="a token for metrics"), limits)
    far = TestClient(app, client=("10.0.0.7", 50000))

    assert far.get("/metrics", headers={"Authorization": "Bearer a token for metrics"}).status_code == 200
    assert far.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    assert at_home(app).get("/metrics").status_code == 404
