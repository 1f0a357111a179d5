"""What a process counts, as Prometheus reads it, and who may read it."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers that a proxy adds: whoever is behind it is not on this machine, wherever the proxy is."""


def new_registry() -> CollectorRegistry:
    """The registry of one process, with its memory, processor time and open files."""
    disable_created_metrics()  # type: ignore[no-untyped-call]  # a series for each that says only when it began
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    return registry


def exposed(registry: CollectorRegistry) -> bytes:
    """Everything counted so far, in Prometheus' text form."""
    return generate_latest(registry)


def may_read(token: str, peer: str, headers: Mapping[str, str]) -> bool:
    """Whether a request may read what is counted.

    With a token (``PROMODESK_METRICS_TOKEN``): who has it, from anywhere. Without one: who comes from this machine and
    through no proxy, so that nothing is public by accident. ``headers`` are looked up by their names in small letters.
    """
    if token:
        given = headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return _is_this_machine(peer) and not any(name in headers for name in _FORWARDED)


def _is_this_machine(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False
