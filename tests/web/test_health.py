from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.services.gateway import Gateway
from bot.services.ports import Unavailable
from bot.web.app import create_app


async def is_up() -> None:
    """Nothing to complain about."""


async def is_down() -> None:
    raise Unavailable("http://10.0.0.7:5005 does not answer")


def test_the_desk_is_ready_when_every_part_is(gateway: Gateway) -> None:
    client = TestClient(create_app(replace(gateway, checks={"rasa": is_up, "desk_database": is_up})))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "checks": {"rasa": "ok", "desk_database": "ok"}}


def test_a_missing_part_is_named_without_inner_details(gateway: Gateway) -> None:
    client = TestClient(create_app(replace(gateway, checks={"rasa": is_down, "desk_database": is_up})))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "checks": {"rasa": "unavailable", "desk_database": "ok"}}
    assert client.get("/healthz").status_code == 200


def test_metrics_count_requests_by_route_and_replies_by_kind(client: TestClient) -> None:
    client.post("/api/chat", json={"text": "a secret question"})
    client.get("/made/up/by/somebody")

    text = client.get("/metrics").text

    assert 'desk_requests_total{method="POST",route="/api/chat",status="200"} 1' in text
    assert 'desk_requests_total{method="GET",route="other",status="404"} 1' in text
    assert 'desk_replies_total{kind="answer"} 1' in text
    assert "desk_turn_seconds_count 1" in text
    assert "secret" not in text and "somebody" not in text


def test_mails_that_nobody_could_deliver_are_counted(client: TestClient) -> None:
    counts = client.get("/metrics").text
    assert 'desk_mails{state="given_up"} 2' in counts and 'desk_mails{state="waiting"} 1' in counts


def test_what_the_desk_can_do_without_is_told_but_does_not_make_it_unready(gateway: Gateway) -> None:
    own = replace(gateway, checks={"rasa": is_up}, useful_checks={"redis": is_down})

    response = TestClient(create_app(own)).get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "checks": {"rasa": "ok"}, "useful": {"redis": "unavailable"}}


def test_a_gateway_that_is_about_to_end_lives_but_is_not_ready(app: FastAPI, client: TestClient) -> None:
    app.state.is_draining = True

    for asked in ("/readyz", "/readyz?only=gateway"):
        assert client.get(asked).status_code == 503
    assert client.get("/healthz").status_code == 200


def test_without_rasa_a_gateway_is_still_one_to_choose(gateway: Gateway) -> None:
    client = TestClient(create_app(replace(gateway, checks={"rasa": is_down})))

    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz?only=gateway").json() == {"ready": True, "checks": {}}
