"""Several of everything, as real processes over PostgreSQL and a Redis of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.adapters.rasa_http import RasaBot
from bot.services.ports import Unavailable
from tests.processes.running_desk import READY_SECONDS, RunningDesk, children_of, command_of, wait_until


class RunningCluster(RunningDesk):
    """One ``promodesk cluster --demo`` with two of each."""

    def __init__(self, folder: Path, databases: dict[str, str], redis_url: str) -> None:
        super().__init__(folder)
        self.command = ["cluster", "--demo", "--gateways", "2", "--rasa", "2", "--actions", "2"]
        self.settings |= {**databases, "PROMODESK_REDIS_URL": redis_url, "PROMODESK_DRAIN_SECONDS": "1"}

    def addresses(self, what: str) -> list[str]:
        """Of the ``Gateways``, of ``Rasa`` or of the ``Action servers``, as the command has printed them."""
        (line,) = [line for line in self.terminal.splitlines() if line.startswith(f"{what}:")]
        return line.removeprefix(f"{what}:").split()

    def rasa(self, number: int) -> RasaBot:
        return RasaBot(self.addresses("Rasa")[number], self.settings["PROMODESK_SECRET"])

    def processes_of(self, module: str, number: int = 0) -> int:
        """The process id of one of several, in the order they were started the first time."""
        port = {"bot.web": "Gateways", "bot.inside_rasa.server": "Rasa"}[module]
        address = self.addresses(port)[number]
        setting = b"PROMODESK_PORT=" if module == "bot.web" else b"PROMODESK_RASA_URL="
        value = address.rpartition(":")[2] if module == "bot.web" else address
        (process,) = [
            child
            for child in children_of(self.supervisor)
            if module in command_of(child) and setting + value.encode() in _environment_of(child).split(b"\0")
        ]
        return process

    def processes_like(self, word: str) -> list[int]:
        """The process ids of all whose command has this word."""
        return [child for child in children_of(self.supervisor) if word in command_of(child)]

    def wait_until_all_are_ready(self) -> None:
        wait_until(self._all_are_ready, READY_SECONDS, "both gateways and both Rasas to be ready")

    def _all_are_ready(self) -> bool:
        return all(map(is_ready, self.addresses("Gateways"))) and asyncio.run(self._both_rasas_are_ready())

    async def _both_rasas_are_ready(self) -> bool:
        for number in range(2):
            rasa = self.rasa(number)
            try:
                await rasa.check()
            except Unavailable:
                return False
            finally:
                await rasa.close()
        return True


class Customer:
    """One browser whose messages meet one gateway or the other."""

    def __init__(self, gateways: list[str]) -> None:
        self.gateways = gateways
        self.browser = httpx.Client(timeout=20, trust_env=False)
        self._said = 0

    def say(self, text: str, gateway: int | None = None, key: str = "") -> list[dict]:
        """The messages in reply; each text meets the other gateway unless one is named."""
        self._said += 1
        url = self.gateways[self._said % 2 if gateway is None else gateway]
        body = {"text": text, **({"key": key} if key else {})}
        return self.browser.post(f"{url}/api/chat", json=body).raise_for_status().json()["messages"]

    def timed(self, text: str) -> tuple[dict, float]:
        """The first message in reply, and how long it took."""
        began = time.monotonic()
        return self.say(text)[0], time.monotonic() - began

    def history(self) -> list[tuple[str, str]]:
        """Who said what."""
        messages = self.browser.get(f"{self.gateways[0]}/api/chat/history").raise_for_status().json()["messages"]
        return [(message["from"], message["text"]) for message in messages]


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=10, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def stopped(*processes: int) -> Iterator[None]:
    """Processes that hang; those that are still there go on afterwards."""
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def _environment_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return b""
