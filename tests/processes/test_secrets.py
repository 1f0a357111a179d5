"""Secrets in operation: in no process's arguments, no log, no error page, no figure; only in the environment and in what is meant to carry them."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.sql.api_keys import SqlApiKeys
from bot.adapters.sql.engines import make_engine
from bot.bootstrap_console import access_desk
from bot.commands.preflight import port_of
from bot.config import read_settings
from bot.core.agents import Role
from bot.core.keys import RASA_CHANNEL, derive_key
from bot.services import manage_agents, sign_in
from bot.services.manage_api_keys import KeyDesk, create_key
from tests.processes.running_desk import Customer, RunningDesk, children_of, command_of

PASSWORD = "nine purple lanterns"


@pytest.fixture(scope="module")
def secrets(running_desk: RunningDesk) -> dict[str, str]:
    """Everything that opens something in the running desk, by what it is."""
    settings = read_settings(running_desk.settings)
    engine = make_engine(settings.database_url)
    access = access_desk(settings)
    _, key = create_key(KeyDesk(SqlApiKeys(engine, settings.secret), SystemClock(access.clock.now().tzinfo)), "secrets")
    agent, link = manage_agents.add_agent(access, "ida@desk.example", "Ida", Role.ADMIN)
    cookie = sign_in.follow_link(access, link, PASSWORD, device="a test")
    unused = sign_in.make_link(access, agent, sets_password=False)
    engine.dispose()
    return {
        "the secret": settings.secret,
        "the key to Rasa": derive_key(settings.secret, RASA_CHANNEL),
        "an API key": key,
        "an agent's cookie": cookie,
        "a link": unused,
        "a password": PASSWORD,
    }


def test_the_arguments_of_no_process_hold_a_secret(desk: RunningDesk, secrets: dict[str, str]) -> None:
    processes = [desk.supervisor, *children_of(desk.supervisor)]
    arguments = {process: " ".join(command_of(process)) for process in processes}
    assert len(processes) >= 5 and all(arguments.values())
    for process, said in arguments.items():
        assert [name for name, secret in secrets.items() if secret in said] == [], process
        assert "sqlite:///" not in said, "an address of a database can hold a password"
    environment = Path(f"/proc/{desk.processes['gateway']}/environ").read_bytes().decode()
    assert secrets["the secret"] in environment, "that is where it comes from"


def test_what_opens_something_is_in_no_log_no_error_and_no_figure(
    desk: RunningDesk, customer: Customer, secrets: dict[str, str]
) -> None:
    customer.say("How long does the payment take?")
    secrets = {**secrets, "a customer's cookie": next(iter(customer.browser.cookies.values()))}
    answers = [customer.browser.get("/metrics"), *use_and_misuse(desk, customer, secrets)]

    shown = {f"{answer.request.method} {answer.url.path}": answer.text for answer in answers}
    for where, text in {**desk.logs, "terminal": desk.terminal, **shown}.items():
        assert [name for name, secret in secrets.items() if secret in text] == [], where
    statuses = {answer.status_code for answer in answers}
    assert {200, 401, 403, 404, 422} <= statuses and not any(status >= 500 for status in statuses)


def test_only_the_gateway_could_be_reached_from_elsewhere_and_even_that_only_if_it_is_told_to(
    desk: RunningDesk,
) -> None:
    settings = read_settings(desk.settings)
    ports = {settings.port, port_of(settings.rasa_urls[0]), port_of(settings.actions_urls[0])}
    listening = [place for place in listening_places() if place[1] in ports]
    assert {port for _, port in listening} == ports
    assert {address for address, _ in listening} == {"127.0.0.1"}


def test_no_answer_says_what_the_desk_runs_on(desk: RunningDesk, customer: Customer) -> None:
    for path in ("/", "/nowhere", "/api/chat/history", "/static/promo-chat.js", "/healthz", "/readyz", "/desk/sign-in"):
        answer = customer.browser.get(path)
        assert not {"server", "x-powered-by", "via"} & set(answer.headers), path
        for name in ("uvicorn", "starlette", "fastapi", "sanic", "3.6.21"):
            assert name not in f"{answer.headers} {answer.text}".lower(), path


def listening_places() -> list[tuple[str, int]]:
    """Addresses and ports that something on this machine listens on; IPv6 by its hexadecimal."""
    places = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            address, port = local.split(":")
            if state == "0A":
                plain = socket.inet_ntoa(bytes.fromhex(address)[::-1]) if len(address) == 8 else address
                places.append((plain, int(port, 16)))
    return places


def use_and_misuse(desk: RunningDesk, customer: Customer, secrets: dict[str, str]) -> list[httpx.Response]:
    """Requests with what is secret, right and wrong; the pages behind a link are left out, which have to name it."""
    browser, cookie, key = customer.browser, secrets["an agent's cookie"], secrets["an API key"]
    signed_in = {"Cookie": f"desk-agent={cookie}"}
    rasa = f"{desk.settings['PROMODESK_RASA_URL']}/webhooks/desk/turn"
    return [
        browser.post(
            "/api/assist", json={"question": "How long?", "limit": 1}, headers={"Authorization": f"Bearer {key}"}
        ),
        browser.post("/api/assist", json={"question": 7}, headers={"Authorization": f"Bearer {key}"}),
        browser.post("/api/assist", json={"question": "How long?"}, headers={"Authorization": f"Bearer {key}x"}),
        browser.get("/desk/account", headers=signed_in),
        browser.post("/desk/team", headers=signed_in, data={"csrf": "forged", "email": "x@desk.example"}),
        browser.get(f"/desk/nowhere/{'x' * 20}", headers=signed_in),
        browser.post("/desk/sign-in", data={"email": "ida@desk.example", "password": PASSWORD}),
        browser.post("/api/chat", content=b"\xff", headers={"Content-Type": "application/json"}),
        httpx.post(rasa, json={"text": 1}, headers={"X-Desk-Key": secrets["the key to Rasa"]}),
        httpx.post(rasa, content=b"\xff", headers={"X-Desk-Key": secrets["the key to Rasa"]}),
        httpx.post(rasa, json={}, headers={"X-Desk-Key": secrets["the key to Rasa"][:-1]}),
    ]
