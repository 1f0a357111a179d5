"""The programs that a desk consists of: how each is started, all together by a supervisor or one by one in containers."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Sequence

from bot.adapters.rasa_environment import RASA_ENVIRONMENT
from bot.commands.preflight import check_mail, check_python, is_local, read_content
from bot.commands.processes import Part, Program
from bot.config import Settings, check_secret

QUIET = {
    **RASA_ENVIRONMENT,
    "OMP_NUM_THREADS": "1",
    "PYTHONUNBUFFERED": "1",
}


def run_part(settings: Settings, part: Part) -> None:
    """Check what it needs, and become this program. Raises ``InvalidInput`` and ``SettingError``."""
    check_python()
    check_secret(settings)
    read_content(settings)
    check_mail(settings)
    program = {
        Part.GATEWAY: gateway_program(settings),
        Part.OUTBOX: outbox_program(settings),
        Part.RASA: rasa_program(settings, settings.rasa_urls[0]),
        Part.ACTIONS: actions_program(settings, settings.actions_urls[0]),
    }[part]
    os.execve(program.arguments[0], list(program.arguments), {**os.environ, **program.environment})


def outer_programs(settings: Settings, ports: Sequence[int] = ()) -> Iterator[Program]:
    """What meets customers and mail servers. Several gateways have ports of their own, and a balancer in front of them."""
    yield outbox_program(settings)
    if not ports:
        yield gateway_program(settings)
        return
    for number, port in enumerate(ports, start=1):
        yield gateway_program(settings, number, {"PROMODESK_HOST": "127.0.0.1", "PROMODESK_PORT": str(port)})
    balancer = [sys.executable, "-m", "bot.commands.balancer", settings.host, str(settings.port), *map(str, ports)]
    yield Program("balancer", balancer, environment(settings))


def inner_programs(settings: Settings) -> Iterator[Program]:
    """Rasa and the action servers, as far as they are to run on this machine."""
    for number, url in enumerate(settings.actions_urls, start=1):
        if is_local(url):
            yield actions_program(settings, url, number)
    for number, url in enumerate(settings.rasa_urls, start=1):
        if is_local(url):
            yield rasa_program(settings, url, number)


def gateway_program(settings: Settings, number: int = 1, own: dict[str, str] | None = None) -> Program:
    return Program(
        _numbered("gateway", number), [sys.executable, "-m", "bot.web"], {**environment(settings), **(own or {})}
    )


def outbox_program(settings: Settings) -> Program:
    return Program("outbox", [sys.executable, "-m", "bot", "outbox"], environment(settings))


def actions_program(settings: Settings, url: str, number: int = 1) -> Program:
    """An action server that listens on the port of this address, whichever others there are."""
    arguments = [sys.executable, "-m", "bot.commands.action_server"]
    return Program(_numbered("actions", number), arguments, {**environment(settings), "PROMODESK_ACTIONS_URL": url})


def rasa_program(settings: Settings, url: str, number: int = 1) -> Program:
    """A Rasa that listens on the port of this address, whichever others there are."""
    arguments = [sys.executable, "-m", "bot.inside_rasa.server"]
    return Program(_numbered("rasa", number), arguments, {**environment(settings), "PROMODESK_RASA_URL": url})


def environment(settings: Settings) -> dict[str, str]:
    """What the programs are told beside the environment of the one that starts them."""
    today = {"PROMODESK_TODAY": settings.today.isoformat()} if settings.today else {}
    addresses = {
        "PROMODESK_RASA_URL": ",".join(settings.rasa_urls),
        "PROMODESK_ACTIONS_URL": ",".join(settings.actions_urls),
    }
    return {**QUIET, **addresses, **today}


def free_ports(count: int) -> Sequence[int]:
    """Ports of this machine that nobody uses now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"
