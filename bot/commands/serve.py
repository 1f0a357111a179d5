"""``promodesk serve``: the whole desk under one supervisor, from an empty folder to a page that answers."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import httpx
from rich.console import Console

from bot.commands.agents import demonstration_link
from bot.commands.claims import add_sample_if_empty
from bot.commands.fitting_model import fitting_model
from bot.commands.migrate import migrate_all
from bot.commands.preflight import (
    address,
    check_mail,
    check_ports,
    check_python,
    is_local,
    read_content,
    warnings_for,
)
from bot.commands.processes import Process, Program, signal_group, spawn, stop_all
from bot.commands.programs import environment, inner_programs, outer_programs
from bot.commands.sample_activity import add_activity_if_empty
from bot.commands.stopping import StopSignals, stop_signals
from bot.config import ROOT, Settings, check_secret
from bot.services.ports import InvalidInput

LOOK_SECONDS = 0.5
IMPATIENT_SECONDS = 120.0


class _Stopped(Exception):
    """The desk was told to end."""


def serve(
    settings: Settings,
    demo: bool = False,
    activity: bool = False,
    console: Console | None = None,
    *,
    gateway_ports: Sequence[int] = (),
) -> int:
    """Check, prepare, start and watch everything until it is told to stop. Raises ``DeskError`` or ``SettingError`` if it
    cannot start.

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
    migrate_all(settings)
    if demo:
        add_sample_if_empty(settings, promotion, shown)
        if activity:
            add_activity_if_empty(settings, shown)
    # Ctrl-C, SIGTERM and a closed terminal end the desk in the same way.
    with stop_signals(signal.SIGINT, signal.SIGTERM, signal.SIGHUP) as told:
        outer = list(outer_programs(settings, gateway_ports))
        return _run(settings, outer, shown, told, sign_in=demonstration_link(settings) if demo else "")


def _run(settings: Settings, outer: Sequence[Program], shown: Console, told: StopSignals, *, sign_in: str = "") -> int:
    def tell(line: str) -> None:
        shown.print(line, style="yellow", markup=False)

    # These first: the page, its FAQ and the contact form work while the others are made ready.
    processes = [Process(program, settings.logs, tell, ROOT) for program in outer]
    try:
        for process in processes:
            process.start()
        if any(map(is_local, settings.rasa_urls)):
            _train(settings, processes, told)
        for program in inner_programs(settings):
            processes.append(Process(program, settings.logs, tell, ROOT))
            processes[-1].start()
        _wait_until_ready(settings, processes, shown, told)
        if sign_in:
            shown.print(f"The agents' desk, for one sign-in: {sign_in}", markup=False)
        while True:
            _look_after(processes, told)
    except _Stopped:
        shown.print("Promo Desk stops.")
        return 0
    finally:
        stop_all(processes)


def _train(settings: Settings, processes: Sequence[Process], told: StopSignals) -> None:
    """Make the model anew if it does not fit the content; in a process of its own, whose memory is free afterwards."""
    if fitting_model(settings):
        return
    program = Program("train", [sys.executable, "-m", "bot", "train"], environment(settings))
    training = spawn(program, ROOT)
    try:
        while training.poll() is None:
            _look_after(processes, told)
    finally:
        signal_group(training, signal.SIGTERM)
    if training.returncode:
        raise InvalidInput("there is no model to answer with, because the training failed; mend what it says above")


def _wait_until_ready(settings: Settings, processes: Sequence[Process], shown: Console, told: StopSignals) -> None:
    began, patient = time.monotonic(), True
    with shown.status("Starting …") as status:
        while missing := _missing(settings):
            status.update(f"Starting: {', '.join(missing)} …")
            if patient and time.monotonic() - began > IMPATIENT_SECONDS:
                patient = False
                shown.print(
                    f"Still waiting for {', '.join(missing)}; see {settings.logs}", style="yellow", markup=False
                )
            _look_after(processes, told)
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


def _look_after(processes: Sequence[Process], told: StopSignals) -> None:
    """Raises ``_Stopped``."""
    for process in processes:
        process.look_after()
    told.wait(LOOK_SECONDS)
    if told.came:
        raise _Stopped
