"""A gateway as a process of its own: whom it believes, and how it ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.processes.gateways import Gateways
from tests.processes.running_desk import wait_until

PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@contextmanager
def gateways(folder: Path, **given: str) -> Iterator[Gateways]:
    made = Gateways(folder, given)
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("trusted", "is_believed"),
    [("", False), ("192.0.2.1", False), ("127.0.0.0/8", True)],
    ids=["nobody", "other", "proxy"],
)
def test_only_a_proxy_that_is_named_can_say_that_a_customer_came_over_https(
    tmp_path: Path, trusted: str, is_believed: bool
) -> None:
    with gateways(tmp_path, PROMODESK_TRUSTED_PROXIES=trusted) as made:
        page = httpx.get(made.start(), headers=PROXIED, trust_env=False)
        assert ("strict-transport-security" in page.headers) is is_believed
        assert ("__Host-" in page.headers["set-cookie"]) is is_believed


def test_told_to_end_it_says_so_first_and_still_answers(tmp_path: Path) -> None:
    with gateways(tmp_path, PROMODESK_DRAIN_SECONDS="5") as made:
        url, began = made.start("bot", "serve", "gateway"), time.monotonic()
        assert readiness(url) == 200
        made.tell_last(signal.SIGTERM)
        wait_until(lambda: readiness(url) == 503, 4, "the gateway to say that it ends")

        assert httpx.get(url, trust_env=False).status_code == 200
        assert made.wait_for_last() in (0, -signal.SIGTERM)
        assert 5 <= time.monotonic() - began < 20


def readiness(url: str) -> int:
    return httpx.get(f"{url}/readyz?only=gateway", trust_env=False).status_code
