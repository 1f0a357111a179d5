"""Shows what is to be kept to a ClamAV daemon; a file that nobody can look at is not kept."""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from urllib.parse import urlsplit

from bot.services.ports import Unavailable
from bot.services.ticket_ports import FileRefused, InspectedFile, Inspector

SECONDS = 20.0
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 1024
logger = logging.getLogger(__name__)


class ScanningInspector:
    """The ``Inspector`` port: another inspector, whose files the daemon at ``tcp://host:port`` or ``unix:///path`` sees."""

    def __init__(self, inspector: Inspector, address: str, seconds: float = SECONDS) -> None:
        self._inspector = inspector
        self._address = address
        self._seconds = seconds

    def inspect(self, sent: Path) -> InspectedFile:
        """As the other inspector does. Raises ``FileRefused`` too for what the daemon knows, ``Unavailable`` without it."""
        inspected = self._inspector.inspect(sent)
        said = self._scan(inspected.path)
        if said.endswith(" FOUND"):
            logger.warning("a file was refused: %s", said)
            raise FileRefused("file_infected")
        if said != "stream: OK":
            raise Unavailable(f"the virus scanner could not look at a file ({said[:100]!r}); look at its log")
        return inspected

    def _scan(self, path: Path) -> str:
        try:
            with _connected(self._address, self._seconds) as daemon, path.open("rb") as file:
                daemon.sendall(b"zINSTREAM\0")
                while chunk := file.read(_CHUNK):
                    daemon.sendall(len(chunk).to_bytes(4, "big") + chunk)
                daemon.sendall(bytes(4))
                return _answer(daemon)
        except OSError as error:
            raise Unavailable(
                f"the virus scanner cannot be reached ({error.strerror or error}); start clamd, or mend PROMODESK_CLAMD_URL"
            ) from error


def _connected(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=seconds)
    daemon = socket.socket(socket.AF_UNIX)
    daemon.settimeout(seconds)
    try:
        daemon.connect(parts.path)
    except OSError:
        daemon.close()
        raise
    return daemon


def _answer(daemon: socket.socket) -> str:
    """What the daemon says, up to the zero that ends it."""
    said = b""
    while b"\0" not in said and len(said) < _LONGEST_ANSWER:
        received = daemon.recv(_LONGEST_ANSWER)
        if not received:
            break
        said += received
    return said.partition(b"\0")[0].decode(errors="replace")
