"""The processes a hand-off passes through, to be killed at any moment, and customers who do not give up."""

from __future__ import annotations

import io
import math
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from PIL import Image

from bot.commands.processes import Program, signal_group, spawn
from bot.config import ROOT
from bot.web.limits import FILL_SECONDS
from tests.processes.running_desk import free_ports
from tests.web.conftest import Page

PATIENCE_SECONDS = 60.0
"""How long after the last kill somebody may have to wait; before it there may be no moment long enough for a slow machine."""
PAUSE_SECONDS = 0.3
"""Who tries more often is told soon that it was too fast."""
DELIVERED_SECONDS = 120
"""A mail that met a dead server several times waits longer from time to time."""
_PROBLEM = re.compile(r'class="problem[^>]*>\s*(?:<p>)?\s*([^<]+)')
SECRET = "a secret for tests, of more than 32 characters"


class NeverAnswered(Exception):
    """Somebody would wait for ever."""


class Parts:
    """Gateway, outbox worker and mail server, each started again as soon as it was killed."""

    def __init__(self, folder: Path, database_url: str) -> None:
        gateway, mail = free_ports(2)
        self.url = f"http://127.0.0.1:{gateway}"
        self.mails = folder / "accepted.jsonl"
        self.uploads = folder / "uploads"
        self._folder = folder
        settings = {
            "PROMODESK_PORT": str(gateway),
            "PROMODESK_DATABASE_URL": database_url,
            "PROMODESK_CLAIMS_URL": f"sqlite:///{folder / 'claims.db'}",
            "PROMODESK_SMTP_URL": f"smtp://127.0.0.1:{mail}?timeout=1",
            "PROMODESK_UPLOADS": str(self.uploads),
            "PROMODESK_TRACKER_URL": f"sqlite:///{folder / 'tracker.db'}",
            "PROMODESK_SECRET": SECRET,
            "PROMODESK_TRUSTED_PROXIES": "127.0.0.1",
            "PYTHONUNBUFFERED": "1",
        }
        self._programs = {
            "gateway": Program("gateway", [sys.executable, "-m", "bot.web"], settings),
            "outbox": Program("outbox", [sys.executable, "-m", "bot", "outbox"], settings),
            "mail server": Program(
                "mail server", [sys.executable, "-m", "tests.mail_server", str(mail), str(self.mails)], {}
            ),
        }
        self._running: dict[str, subprocess.Popen[str]] = {}

    def start(self) -> None:
        for name in self._programs:
            self._start(name)

    def kill(self, name: str) -> None:
        """End it as a loss of power would, and start it again."""
        os.kill(self._running[name].pid, signal.SIGKILL)
        self._running[name].wait()
        self._start(name)

    def serve(self) -> bool:
        """Whether the gateway answers."""
        try:
            return httpx.get(f"{self.url}/healthz", timeout=0.5, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        for process in self._running.values():
            signal_group(process, signal.SIGKILL)
            process.wait()

    @property
    def names(self) -> list[str]:
        return list(self._programs)

    def _start(self, name: str) -> None:
        with (self._folder / f"{name}.log").open("a", encoding="utf-8") as log:
            self._running[name] = spawn(self._programs[name], ROOT, stdout=log.fileno())


@dataclass
class Customers:
    """People who send the form again until they see its number, some of them twice at once, some with a file."""

    url: str
    seed: int
    most: int = 8
    confirmed: dict[str, str] = field(default_factory=dict)
    """The ticket numbers they were shown, by the word each wrote."""
    with_file: set[str] = field(default_factory=set)
    surprises: list[str] = field(default_factory=list)
    """What no customer should see."""

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._come_and_go, args=(number,)) for number in range(self.most)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Nobody begins anew."""
        self._stop.set()

    def finish(self) -> None:
        """Let everybody bring to an end what was begun."""
        self.stop()
        for thread in self._threads:
            thread.join(2 * PATIENCE_SECONDS)
        assert not any(thread.is_alive() for thread in self._threads), "a customer is still waiting"

    def _come_and_go(self, number: int) -> None:
        chance = random.Random(f"{self.seed} {number}")
        visit = 0
        while not self._stop.is_set():
            visit += 1
            word = f"customer-{number}-visit-{visit}"
            try:
                self._hand_over(word, chance)
            except NeverAnswered as never:
                self.surprises.append(f"{word}: {never}")

    def _hand_over(self, word: str, chance: random.Random) -> None:
        # Each comes from a network of their own, as a proxy would say: a limit per network is no part of this.
        headers = {"X-Forwarded-For": f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}"}
        with httpx.Client(
            base_url=self.url, timeout=10, trust_env=False, follow_redirects=True, headers=headers
        ) as browser:
            fields = Page(self._until_it_works(lambda: browser.get("/contact")).text).fields
            form = {name: fields[name] for name in ("csrf", "form", "opened", "shown_until")}
            typed = {"name": "Ane Birk", "email": f"{word}@birkvik.example", "message": word}
            files = {"files": ("invoice.png", _picture(word), "image/png")} if chance.random() < 0.3 else None
            if files:
                self.with_file.add(word)
            time.sleep(FILL_SECONDS)
            clicks = 2 if chance.random() < 0.3 else 1
            sending = [
                threading.Thread(target=self._send, args=(browser, word, {**form, **typed}, files))
                for _ in range(clicks)
            ]
            for thread in sending:
                thread.start()
            for thread in sending:
                thread.join()

    def _until_it_works(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        return until_it_works(ask, self._stop)

    def _send(self, browser: httpx.Client, word: str, data: dict[str, str], files: dict | None) -> None:
        try:
            sent = self._until_it_works(lambda: browser.post("/contact", data=data, files=files or {"none": ("", b"")}))
        except NeverAnswered as never:
            self.surprises.append(f"{word}: {never}")
            return
        found = re.search(r'class="reference">(T-\d{4}-\d{6})<', sent.text)
        if found is None:
            self.surprises.append(f"{word}: {sent.status_code} {sent.url}")
        elif self.confirmed.setdefault(word, found.group(1)) != found.group(1):
            self.surprises.append(f"{word}: two numbers for one form")


def until_it_works(ask: Callable[[], httpx.Response], killing_is_over: threading.Event) -> httpx.Response:
    """Again and again, as long as nobody answers or the desk says that it cannot be reached. Raises ``NeverAnswered``."""
    deadline, met = math.inf, Counter[str]()
    while time.monotonic() < deadline:
        try:
            answer = ask()
            if answer.status_code < 400:
                return answer
            met[f"{answer.status_code} {' '.join(_PROBLEM.findall(answer.text))}"] += 1
        except httpx.TransportError as error:
            met[type(error).__name__] += 1
        if killing_is_over.is_set():
            deadline = min(deadline, time.monotonic() + PATIENCE_SECONDS)
        time.sleep(PAUSE_SECONDS)
    raise NeverAnswered(f"nothing was killed for {PATIENCE_SECONDS:.0f} s, and yet it does not work: {met}")


def _picture(word: str) -> bytes:
    """A small picture of its own colour for everybody."""
    colour = tuple(random.Random(word).randbytes(3))
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(drawn, "PNG")
    return drawn.getvalue()
