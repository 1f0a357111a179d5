"""``promodesk cluster``: the processes of a desk on several machines, all on this one."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.programs import free_ports
from bot.commands.serve import serve
from bot.config import Settings


def cluster(settings: Settings, *, gateways: int, rasas: int, actions: int, demo: bool) -> int:
    """Start so many of each on free ports, with a balancer on the gateway's port. Raises ``DeskError`` if it cannot start."""
    ports = free_ports(rasas + actions)
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    several = replace(settings, rasa_urls=tuple(addresses[:rasas]), actions_urls=tuple(addresses[rasas:]))
    return serve(several, demo, gateways=gateways)
