"""``promodesk cluster``: the processes of a desk on several machines, all on this one."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console

from bot.commands.programs import free_ports
from bot.commands.serve import serve
from bot.config import Settings


def cluster(settings: Settings, *, gateways: int, rasas: int, actions: int, demo: bool) -> int:
    """Start so many of each on free ports, with a balancer on the gateway's port. Raises ``DeskError`` if it cannot start."""
    shown = Console(soft_wrap=True, highlight=False)
    ports = free_ports(gateways + rasas + actions)
    inner = [f"http://127.0.0.1:{port}" for port in ports[gateways:]]
    several = replace(settings, rasa_urls=tuple(inner[:rasas]), actions_urls=tuple(inner[rasas:]))
    shown.print("Gateways:", *(f"http://127.0.0.1:{port}" for port in ports[:gateways]))
    shown.print("Rasa:", *several.rasa_urls)
    shown.print("Action servers:", *several.actions_urls)
    return serve(several, demo, console=shown, gateway_ports=ports[:gateways])
