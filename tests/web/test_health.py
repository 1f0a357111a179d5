"""When the desk is ready, and what it says of its parts."""

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
