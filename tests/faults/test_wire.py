"""The wire that the tests of outages cut: what passes, what does not, and that it is whole again afterwards."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.faults.wire import Wire


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A wire to a server that says everything again."""
    server = socket.create_server(("127.0.0.1", 0))

    def echo(connection: socket.socket) -> None:
        with connection:
            while data := connection.recv(1000):
                connection.sendall(data)

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=echo, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    made = Wire(server.getsockname()[1])
    yield made
    made.close()
    server.close()


def call(wire: Wire) -> socket.socket:
    return socket.create_connection(("127.0.0.1", wire.port), timeout=10)


def is_over(line: socket.socket) -> bool:
    try:
        return line.recv(10) == b""
    except ConnectionError:
        return True


def test_everything_passes_until_it_is_cut_and_again_when_it_is_mended(wire: Wire) -> None:
    line = call(wire)
    line.sendall(b"hello")
    assert line.recv(10) == b"hello"

    with wire.cut():
        assert is_over(line)
        with pytest.raises(ConnectionRefusedError):
            call(wire)

    line = call(wire)
    line.sendall(b"again")
    assert line.recv(10) == b"again"


def test_a_silent_wire_takes_everything_and_gives_it_later(wire: Wire) -> None:
    with wire.silent():
        line = call(wire)
        line.settimeout(0.3)
        line.sendall(b"hello")
        with pytest.raises(TimeoutError):
            line.recv(10)

    line.settimeout(10)
    assert line.recv(10) == b"hello"
