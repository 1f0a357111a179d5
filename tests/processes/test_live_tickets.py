"""News about tickets over real connections to real gateways: told at once, told after a break, and ended when they must."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from bot.services import manage_agents
from tests.processes.gateways import Gateways

NEWS_SECONDS = 15.0
SHUTDOWN_SECONDS = 8.0
"""Where streams keep it open, a gateway waits for ten."""


class Stream:
    """The events of one connection, as a browser reads them."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self._lines = response.iter_lines()
        self.last_id = ""

    def next(self) -> tuple[str, object]:
        """The next event's name and what it carries; raises ``StopIteration`` at the end of the stream."""
        event: dict[str, str] = {}
        while True:
            line = next(self._lines)
            if line.startswith(":") or (not line and "event" not in event):
                continue
            if not line:
                self.last_id = event.get("id", self.last_id)
                return event["event"], json.loads(event["data"]) if event.get("data") else None
            name, _, value = line.partition(":")
            event[name] = value.strip()

    def news(self) -> list[tuple[str, str]]:
        name, carried = self.next()
        assert name == "news" and isinstance(carried, list)
        return [(one["reference"], one["kind"]) for one in carried]


@contextmanager
def listening(url: str, token: str, since: int = 0, seconds: float = NEWS_SECONDS, **headers: str) -> Iterator[Stream]:
    """An open connection; a silence of more than so many seconds, beside the server's pings, is an error."""
    with (
        httpx.Client(base_url=url, timeout=seconds, trust_env=False, cookies={"desk-agent": token}) as browser,
        browser.stream("GET", "/desk/tickets/events", params={"since": since}, headers=headers) as response,
    ):
        yield Stream(response)


@pytest.fixture(scope="module")
def gateways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateways]:
    made = Gateways(tmp_path_factory.mktemp("gateways"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def url(gateways: Gateways) -> str:
    return gateways.start()


def test_what_happens_is_told_within_seconds_and_after_a_break_from_there_on(gateways: Gateways, url: str) -> None:
    _, token = gateways.agent()
    since = gateways.tickets.queue.news.last()
    with listening(url, token, since) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store" and "nosniff" in stream.headers["x-content-type-options"]
        first = gateways.tickets.open()
        assert stream.news() == [(first, "opened")]
        heard = stream.last_id
        second = gateways.tickets.open()
        assert stream.news() == [(second, "opened")]

    third = gateways.tickets.open()
    with listening(url, token, since, **{"Last-Event-ID": heard}) as stream:
        assert stream.news() == [(second, "opened"), (third, "opened")]
    with listening(url, token, since, **{"Last-Event-ID": "9; nonsense"}) as stream:
        assert [reference for reference, _ in stream.news()] == [first, second, third]


def test_what_happens_at_one_gateway_is_told_by_another(gateways: Gateways, url: str) -> None:
    other = gateways.start()
    agent, token = gateways.agent()
    reference = gateways.tickets.open()
    with listening(url, token, gateways.tickets.queue.news.last()) as stream:
        with httpx.Client(base_url=other, trust_env=False, cookies={"desk-agent": token}) as browser:
            page = browser.get(f"/desk/tickets/{reference}").text
            fields = {
                name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("csrf", "version", "key")
            }
            sent = browser.post(f"/desk/tickets/{reference}/assign", data={**fields, "to": agent.id})
        assert sent.status_code == 303
        name, carried = stream.next()
        assert name == "news" and isinstance(carried, list)
        assert (carried[0]["kind"], carried[0]["assignee"], carried[0]["state"]) == ("assigned", agent.name, "open")
        assert set(carried[0]) == {"position", "reference", "kind", "by", "by_id", "state", "state_name", "assignee"}


def test_nobody_listens_who_is_not_signed_in(url: str) -> None:
    with listening(url, "no such session") as stream:
        assert stream.status == 303


@pytest.mark.parametrize("end", ["session", "agent"])
def test_a_stream_ends_soon_after_its_session_or_its_agent(gateways: Gateways, url: str, end: str) -> None:
    agent, token = gateways.agent()
    with listening(url, token, gateways.tickets.queue.news.last(), seconds=30) as stream:
        time.sleep(1)
        began = time.monotonic()
        if end == "session":
            gateways.access.sessions.end_all_of(agent.id)
        else:
            manage_agents.disable_agent(gateways.access, agent)
        assert stream.next() == ("signed-out", None)
        with pytest.raises(StopIteration):
            stream.next()
        assert time.monotonic() - began < 30


def test_listening_does_not_keep_a_session_alive(gateways: Gateways, url: str) -> None:
    _, token = gateways.agent()
    session = gateways.access.sessions.find(token)
    assert session is not None
    long_ago = session.last_seen_at.replace(year=2020)
    gateways.access.sessions.see(session.id, long_ago)
    with listening(url, token) as stream:
        assert stream.status == 303
    again = gateways.access.sessions.find(token)
    assert again is None or again.last_seen_at == long_ago


def test_who_has_missed_too_much_is_told_to_load_the_page_anew(gateways: Gateways, url: str) -> None:
    _, token = gateways.agent()
    since = gateways.tickets.queue.news.last()
    for _ in range(201):
        gateways.tickets.open()
    with listening(url, token, since) as stream:
        assert stream.next() == ("missed", None)


def test_open_streams_do_not_keep_a_gateway_from_stopping(gateways: Gateways, url: str) -> None:
    stopping = gateways.start()
    _, token = gateways.agent()
    since = gateways.tickets.queue.news.last()
    with listening(stopping, token, since) as one, listening(stopping, token, since) as other:
        reference = gateways.tickets.open()
        assert one.news() == other.news() == [(reference, "opened")]

        code, seconds = gateways.stop_last()

        for stream in (one, other):
            with pytest.raises(StopIteration):
                stream.next()
    assert code in (0, -signal.SIGTERM) and seconds < SHUTDOWN_SECONDS
    assert "without completing" not in gateways.log and "Traceback" not in gateways.log
