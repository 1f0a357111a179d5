"""Gateways without Rasa, each a process of its own, over one desk database: enough for the agents' desk."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import httpx

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.migrate import migrate
from bot.bootstrap_console import access_desk
from bot.commands.processes import Program, signal_group, spawn
from bot.config import ROOT, read_settings
from bot.core.agents import Agent, Role
from bot.services import manage_agents, sign_in
from tests.fakes import FakeClock
from tests.processes.running_desk import free_ports, settings_for, wait_until
from tests.tickets import Desk


@dataclass
class Gateways:
    """Gateways over one desk database, each a process of its own."""

    folder: Path
    given: dict[str, str] = field(default_factory=dict)
    """Settings of theirs, beside the usual ones."""
    _running: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = {**settings_for(self.folder), **self.given}
        migrate(self.settings["PROMODESK_DATABASE_URL"], "desk")
        self.engine = make_engine(self.settings["PROMODESK_DATABASE_URL"])
        self.tickets = Desk(self.engine, self.folder, FakeClock(datetime.now(timezone.utc)))
        self.access = access_desk(read_settings(self.settings))

    def start(self, *module: str) -> str:
        """One more gateway; its address."""
        (port,) = free_ports(1)
        self._spawn("gateway", list(module or ["bot.web"]), {**self.settings, "PROMODESK_PORT": str(port)})
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(url), 60, "the gateway to answer")
        return url

    def start_outbox(self) -> None:
        """The worker that delivers mails."""
        self._spawn("outbox", ["bot", "outbox"], self.settings)

    def agent(self) -> tuple[Agent, str]:
        """An agent who is signed in, and the token of the session."""
        name = f"Agent {len(self.access.agents.all()) + 1}"
        agent, link = manage_agents.add_agent(self.access, f"{name[6:]}@desk.example", name, Role.AGENT)
        return agent, sign_in.follow_link(self.access, link, "seven green umbrellas", device="a test")

    def stop_last(self) -> tuple[int, float]:
        """As a supervisor stops it; its exit code and how many seconds it took."""
        process, began = self._running.pop(), time.monotonic()
        signal_group(process, signal.SIGTERM)
        return process.wait(30), time.monotonic() - began

    def tell_last(self, number: signal.Signals) -> None:
        signal_group(self._running[-1], number)

    def wait_for_last(self) -> int:
        """The exit code of a process that has been told to end."""
        return self._running.pop().wait(30)

    def stop(self) -> None:
        for process in self._running:
            signal_group(process, signal.SIGKILL)
            process.wait()
        self.engine.dispose()

    @property
    def log(self) -> str:
        return (self.folder / "gateway.log").read_text(encoding="utf-8")

    def _spawn(self, name: str, module: list[str], settings: dict[str, str]) -> None:
        program = Program(name, [sys.executable, "-m", *module], settings)
        with (self.folder / f"{name}.log").open("a", encoding="utf-8") as log:
            self._running.append(spawn(program, ROOT, stdout=log.fileno()))


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
