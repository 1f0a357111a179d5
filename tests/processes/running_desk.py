"""The whole desk as its customers meet it: the real processes under their supervisor, on free ports, in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from bot.commands.processes import Program, signal_group, spawn
from bot.commands.programs import free_ports
from bot.config import ROOT

READY_SECONDS = 240.0
"""Long enough for a training, should the content change while the tests run."""
STOP_SECONDS = 45.0
MODULES = {
    "gateway": "bot.web",
    "outbox": "outbox",
    "rasa": "bot.inside_rasa.server",
    "actions": "bot.commands.action_server",
}


class RunningDesk:
    """One ``promodesk serve``; ``folder`` holds its databases, its logs and what it says on the terminal.

    Outside a demonstration it has no claims, and takes the time from the clock.
    """

    def __init__(self, folder: Path, *, is_demonstration: bool = True) -> None:
        self.folder = folder
        self.command = ["serve", "--demo"] if is_demonstration else ["serve"]
        self.settings = settings_for(folder)
        self.url = f"http://127.0.0.1:{self.settings['PROMODESK_PORT']}"
        self._supervisor: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start everything and wait until it is ready; raises ``RuntimeError`` with the desk's last words if it fails."""
        self.start_without_waiting()
        try:
            wait_until(self._is_ready_or_over, READY_SECONDS, "the desk to get ready")
        except AssertionError as error:
            self.stop()
            raise RuntimeError(f"{error}; it said:\n{self.terminal}") from error
        # Being ready is not asked a second time: on a busy machine the next answer may come too late to count.
        if self._is_over():
            raise RuntimeError(f"the desk ended while it started; it said:\n{self.terminal}")

    def start_without_waiting(self) -> None:
        program = Program("desk", [sys.executable, "-m", "bot", *self.command], self.settings)
        with self._terminal.open("w", encoding="utf-8") as terminal:
            self._supervisor = spawn(program, ROOT, stdout=terminal.fileno())

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal as a terminal does, to the supervisor and all in its group; the supervisor's exit code."""
        assert self._supervisor is not None
        signal_group(self._supervisor, number)
        try:
            return self._supervisor.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # The kernel ends the children of a supervisor that was killed.
            self._supervisor.kill()
            return self._supervisor.wait()

    def kill(self) -> None:
        """End it by force if it is still there; the kernel ends what it has started."""
        assert self._supervisor is not None
        self._supervisor.kill()
        self._supervisor.wait()

    @property
    def supervisor(self) -> int:
        assert self._supervisor is not None
        return self._supervisor.pid

    @property
    def processes(self) -> dict[str, int]:
        """The process ids of the running parts by name."""
        return {
            name: process
            for process in children_of(self.supervisor)
            for name, module in MODULES.items()
            if module in command_of(process)
        }

    @property
    def _terminal(self) -> Path:
        return self.folder / "terminal.txt"

    @property
    def terminal(self) -> str:
        """What the supervisor has said so far."""
        return self._terminal.read_text(encoding="utf-8")

    @property
    def logs(self) -> dict[str, str]:
        """The logs by name."""
        return {log.stem: log.read_text(encoding="utf-8") for log in (self.folder / "logs").glob("*.log")}

    def database(self, name: str) -> Path:
        """``claims``, ``desk`` or ``tracker``."""
        return self.folder / f"{name}.db"

    def customer(self) -> Customer:
        """Somebody with a browser of their own."""
        return Customer(httpx.Client(base_url=self.url, timeout=30, trust_env=False, follow_redirects=True))

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=10, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def wait_until_ready(self) -> None:
        wait_until(self.is_ready, 90, "the desk to be ready again")

    def _is_ready_or_over(self) -> bool:
        return self._is_over() or self.is_ready()

    def _is_over(self) -> bool:
        assert self._supervisor is not None
        return self._supervisor.poll() is not None


class Customer:
    """One browser at the desk."""

    def __init__(self, browser: httpx.Client) -> None:
        self.browser = browser

    def say(self, text: str) -> list[dict]:
        """The messages in reply to a text."""
        return self._turn({"text": text})

    def press(self, button: str) -> list[dict]:
        """The messages in reply to a button, given by its id."""
        return self._turn({"button": button})

    def history(self) -> list[dict]:
        return self.browser.get("/api/chat/history").raise_for_status().json()["messages"]

    def _turn(self, body: dict[str, str]) -> list[dict]:
        return self.browser.post("/api/chat", json=body).raise_for_status().json()["messages"]


def settings_for(folder: Path) -> dict[str, str]:
    """Settings for a desk that shares nothing with another one but the trained model."""
    gateway, rasa, actions = free_ports(3)
    return {
        "PROMODESK_PORT": str(gateway),
        "PROMODESK_HOST": "127.0.0.1",
        "PROMODESK_RASA_URL": f"http://127.0.0.1:{rasa}",
        "PROMODESK_ACTIONS_URL": f"http://127.0.0.1:{actions}",
        "PROMODESK_DATABASE_URL": f"sqlite:///{folder / 'desk.db'}",
        "PROMODESK_CLAIMS_URL": f"sqlite:///{folder / 'claims.db'}",
        "PROMODESK_TRACKER_URL": f"sqlite:///{folder / 'tracker.db'}",
        "PROMODESK_LOGS": str(folder / "logs"),
        "PROMODESK_UPLOADS": str(folder / "uploads"),
        "PROMODESK_SMTP_URL": "",
        "PROMODESK_REDIS_URL": "",
        "PROMODESK_MODELS": "",
        "PROMODESK_SECRET": "a secret for tests, of more than 32 characters",
        "PROMODESK_TRUSTED_PROXIES": "127.0.0.1",
        "PROMODESK_TODAY": "",
        "PROMODESK_CONTENT": "",
    }


def environment_of(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process with these settings and no others."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PROMODESK_")} | dict(settings)


def run_to_its_end(settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """``promodesk serve --demo`` where it is expected to refuse."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "serve", "--demo"],
        cwd=ROOT,
        env=environment_of(settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def children_of(process: int) -> list[int]:
    """All that a process has started and they have, in turn."""
    try:
        listed = " ".join(file.read_text() for file in Path(f"/proc/{process}/task").glob("*/children"))
    except OSError:
        return []
    children = [int(child) for child in listed.split()]
    return children + [grandchild for child in children for grandchild in children_of(child)]


def command_of(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return []


def is_running(process: int) -> bool:
    """Whether a process exists and is more than a dead one nobody has asked after."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(reached: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain for {what}"
        time.sleep(0.2)
