"""A Redis to test on: the one on the usual local port, or a server of a test's own that can be stopped and killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.processes.running_desk import free_ports, wait_until

DEFAULT_REDIS = "redis://127.0.0.1:6379/9"


def redis_url() -> str:
    """The address of a Redis that answers; skips the test, or fails it where services are required, if there is none."""
    url = os.environ.get("PROMODESK_TEST_REDIS", DEFAULT_REDIS)
    try:
        redis.Redis.from_url(url, socket_timeout=3).ping()
    except redis.RedisError as error:
        _missing(f"no Redis at {url}; start one, or set PROMODESK_TEST_REDIS", error)
    return url


class OwnRedis:
    """A Redis server that belongs to one test."""

    def __init__(self, folder: Path, program: str) -> None:
        (self._port,) = free_ports(1)
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._command = [program, "--port", str(self._port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        wait_until(self._answers, 30, "Redis to answer")

    def signal(self, number: signal.Signals) -> None:
        assert self._running is not None
        self._running.send_signal(number)
        if number is signal.SIGKILL:
            self._running.wait()

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url, socket_timeout=1).ping())
        except redis.RedisError:
            return False


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    """A server started now and ended afterwards; skips the test where no ``redis-server`` is installed."""
    program = shutil.which("redis-server")
    if program is None:
        _missing("no redis-server; apt-get install redis-server", FileNotFoundError("redis-server"))
    server = OwnRedis(folder, str(program))
    server.start()
    try:
        yield server
    finally:
        server.signal(signal.SIGKILL)


def _missing(what: str, error: Exception) -> None:
    if os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1":
        raise error
    pytest.skip(what)
