"""A load balancer for several gateways on one machine, to try things out: ``python -m bot.commands.balancer HOST PORT PORT …``.

It passes connections on in turn, to gateways that are ready, and ends those to one that does not answer: who waits there
for a reply asks again elsewhere. Where customers come, nginx stands in its place (``deploy/``).
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress

import httpx

LOOK_SECONDS = 1.0
HANGS_SECONDS = 5.0
"""A gateway that says nothing for so long hangs; shorter than anybody is to wait for a reply."""
CONNECT_SECONDS = 1.0
CHUNK_BYTES = 64 * 1024


class Balancer:
    """Knows the gateways' ports, and which of them are ready."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = list(ports)
        self._ready = set(ports)
        self._open: dict[int, set[asyncio.StreamWriter]] = {port: set() for port in ports}

    async def serve(self, host: str, port: int) -> None:
        """Pass connections on until it is cancelled."""
        server = await asyncio.start_server(self._pass_on, host, port)
        async with server:
            await asyncio.gather(server.serve_forever(), *map(self._watch, self._ports))

    async def _watch(self, port: int) -> None:
        async with httpx.AsyncClient(timeout=HANGS_SECONDS, trust_env=False) as client:
            while True:
                try:
                    is_ready = (await client.get(f"http://127.0.0.1:{port}/readyz?only=gateway")).status_code == 200
                except httpx.HTTPError:
                    is_ready = False
                    for writer in self._open[port]:
                        writer.transport.abort()
                (self._ready.add if is_ready else self._ready.discard)(port)
                await asyncio.sleep(LOOK_SECONDS)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self._ports.append(self._ports.pop(0))
            for port in sorted(self._ports, key=lambda port: port not in self._ready):
                try:
                    opened = asyncio.open_connection("127.0.0.1", port)
                    gateway = await asyncio.wait_for(opened, CONNECT_SECONDS)
                except (OSError, asyncio.TimeoutError):
                    self._ready.discard(port)
                    continue
                self._open[port].add(writer)
                try:
                    await asyncio.gather(_copy(reader, gateway[1]), _copy(gateway[0], writer))
                finally:
                    self._open[port].discard(writer)
                return
        finally:
            writer.close()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await source.read(CHUNK_BYTES):
            target.write(data)
            await target.drain()
    target.close()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(Balancer(list(map(int, sys.argv[3:]))).serve(sys.argv[1], int(sys.argv[2])))
