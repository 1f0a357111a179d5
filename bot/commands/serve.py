"""``promodesk serve``: the whole desk under one supervisor, from an empty folder to a page that answers."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

import httpx
from rich.console import Console

from bot.adapters.sql.migrate import migrate
from bot.commands.agents import demonstration_link
from bot.commands.claims import add_sample_if_empty
from bot.commands.preflight import (
    address,
    check_mail,
    check_ports,
    check_python,
    is_local,
    port_of,
    read_content,
    warnings_for,
)
from bot.commands.processes import Process, Program, signal_group, spawn, stop_all
from bot.commands.sample_activity import add_activity_if_empty
from bot.config import ROOT, Settings, check_secret
from bot.services.ports import InvalidInput

LOOK_SECONDS = 0.5
IMPATIENT_SECONDS = 120.0
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "HF_HUB_OFFLINE": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONUNBUFFERED": "1",
}


def serve(settings: Settings, demo: bool = False, activity: bool = False, console: Console | None = None) -> int:
    """Check, prepare, start and watch everything until it is told to stop. Raises ``DeskError`` or ``SettingError`` if it cannot start.

    ``demo`` fills an empty claims database with invented claims, and with ``activity`` an empty desk with what might have
    happened before.
    """
    shown = console or Console(soft_wrap=True, highlight=False)
    check_python()
    promotion = read_content(settings)
    if demo and settings.today is None:
        settings = replace(settings, today=promotion.demonstration_date)
    check_secret(settings)
    check_mail(settings)
    check_ports(settings)
    for warning in warnings_for(settings):
        shown.print(f"Warning: {warning}", style="yellow", markup=False)
    migrate(settings.database_url, "desk")
    migrate(settings.claims_url, "claims")
    if demo:
        add_sample_if_empty(settings, promotion, shown)
        if activity:
            add_activity_if_empty(settings, shown)
    with _stopped_by_signals():
        return _run(settings, shown, sign_in=demonstration_link(settings) if demo else "")


def gateway_program(settings: Settings) -> Program:
    return Program("gateway", [sys.executable, "-m", "bot.web"], _environment(settings))


def outbox_program(settings: Settings) -> Program:
    return Program("outbox", [sys.executable, "-m", "bot", "outbox"], _environment(settings))


def inner_programs(settings: Settings) -> Iterator[Program]:
    """Rasa and the action server, as far as they are to run on this machine."""
    if is_local(settings.actions_url):
        port = str(port_of(settings.actions_url))
        arguments = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", port]
        yield Program("actions", arguments, {**_environment(settings), "SANIC_HOST": "127.0.0.1"})
    if is_local(settings.rasa_url):
        yield Program("rasa", [sys.executable, "-m", "bot.inside_rasa.server"], _environment(settings))


def _run(settings: Settings, shown: Console, *, sign_in: str = "") -> int:
    def tell(line: str) -> None:
        shown.print(line, style="yellow", markup=False)

    # These first: the page, its FAQ and the contact form work while the others are made ready.
    processes = [
        Process(program, settings.logs, tell, ROOT) for program in (gateway_program(settings), outbox_program(settings))
    ]
    try:
        for process in processes:
            process.start()
        if is_local(settings.rasa_url):
            _train(settings, processes)
        for program in inner_programs(settings):
            processes.append(Process(program, settings.logs, tell, ROOT))
            processes[-1].start()
        _wait_until_ready(settings, processes, shown)
        if sign_in:
            shown.print(f"The agents' desk, for one sign-in: {sign_in}", markup=False)
        while True:
            _look_after(processes)
    except KeyboardInterrupt:
        shown.print("Promo Desk stops.")
        return 0
    finally:
        stop_all(processes)


def _train(settings: Settings, processes: Sequence[Process]) -> None:
    """Make the model anew if it does not fit the content; in a process of its own, whose memory is free afterwards."""
    program = Program("train", [sys.executable, "-m", "bot", "train", "--if-needed"], _environment(settings))
    training = spawn(program, ROOT)
    try:
        while training.poll() is None:
            _look_after(processes)
    finally:
        signal_group(training, signal.SIGTERM)
    if training.returncode:
        raise InvalidInput("there is no model to answer with, because the training failed; mend what it says above")


def _wait_until_ready(settings: Settings, processes: Sequence[Process], shown: Console) -> None:
    began, patient = time.monotonic(), True
    with shown.status("Starting …") as status:
        while missing := _missing(settings):
            status.update(f"Starting: {', '.join(missing)} …")
            if patient and time.monotonic() - began > IMPATIENT_SECONDS:
                patient = False
                shown.print(
                    f"Still waiting for {', '.join(missing)}; see {settings.logs}", style="yellow", markup=False
                )
            _look_after(processes)
    shown.print(f"Promo Desk is ready: open {address(settings)}", style="bold green", markup=False)
    if settings.today:
        shown.print(f"It acts as if today were {settings.today}. Stop it with Ctrl-C.", markup=False)


def _missing(settings: Settings) -> list[str]:
    """What is not ready yet, by name; nothing if all is."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    try:
        answer = httpx.get(f"http://{host}:{settings.port}/readyz", timeout=5, trust_env=False).json()
        return [name.replace("_", " ") for name, state in answer["checks"].items() if state != "ok"]
    except (httpx.HTTPError, ValueError, KeyError):
        return ["gateway"]


def _look_after(processes: Sequence[Process]) -> None:
    for process in processes:
        process.look_after()
    time.sleep(LOOK_SECONDS)


def _environment(settings: Settings) -> dict[str, str]:
    today = {"PROMODESK_TODAY": settings.today.isoformat()} if settings.today else {}
    return {**QUIET, **today}


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """SIGTERM and a closed terminal end the desk like Ctrl-C."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
