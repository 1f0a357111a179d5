"""A wire between the desk and a service it needs: it can be cut, go silent, and be mended."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

CHUNK = 65_536


class Wire:
    """Passes on what comes to ``port`` of the loopback address; runs in a thread of its own until it is closed."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.AbstractServer | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = 0
        self._flowing = self._do(self._made())
        self._do(self._listen())

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Nobody gets through while the block lasts, and who was connected is not any more."""
        self._do(self._sever())
        try:
            yield
        finally:
            self._do(self._listen())

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Everybody still gets a connection while the block lasts, but not a byte is passed on."""
        self._loop.call_soon_threadsafe(self._flowing.clear)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._flowing.set)

    def close(self) -> None:
        self._do(self._sever())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _do(self, what: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(5)

    async def _made(self) -> asyncio.Event:
        flowing = asyncio.Event()
        flowing.set()
        return flowing

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _sever(self) -> None:
        if self._server:
            self._server.close()
            await self._server.wait_closed()
        for end in list(self._ends):
            end.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            self._ends.discard(writer)
            return
        self._ends.add(far_writer)
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        self._ends -= {writer, far_writer}

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(CHUNK):
                await self._flowing.wait()
                sink.write(data)
                await sink.drain()
        with suppress(OSError, RuntimeError):
            sink.close()
