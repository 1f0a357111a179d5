"""Files are shown to a ClamAV daemon before they are kept; against a stand-in and, where it is installed, the real one."""

from __future__ import annotations

import os
import shutil
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.adapters.virus_scanner import ScanningInspector
from bot.config import SettingError, read_settings
from bot.services.ports import Unavailable
from bot.services.ticket_ports import FileRefused, InspectedFile

MARK = b"a-mark-that-only-this-test-knows"
"""Takes a virus' place: the daemon's one signature."""
DAEMON = shutil.which("clamd") or "/usr/sbin/clamd"


class AsItIs:
    """The ``Inspector`` port; takes every file."""

    def inspect(self, sent: Path) -> InspectedFile:
        return InspectedFile("application/pdf", sent, sent.stat().st_size)


class StandIn(socketserver.StreamRequestHandler):
    """Speaks the part of ClamAV's protocol that is needed."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        self.wfile.write(b"stream: Marked.UNOFFICIAL FOUND\0" if MARK in content else b"stream: OK\0")


@contextmanager
def stand_in(_: Path) -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), StandIn) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def clamav(folder: Path) -> Iterator[str]:
    """A daemon with one signature of our own, which needs no download."""
    if not Path(DAEMON).exists():
        why = "no clamd; install it: apt-get install --no-install-recommends clamav-daemon"
        pytest.fail(why) if os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1" else pytest.skip(why)
    signatures, address = folder / "signatures", folder / "clamd.ctl"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Marked:0:*:{MARK.hex()}\n")
    settings = folder / "clamd.conf"
    settings.write_text(
        f"Foreground yes\nLocalSocket {address}\nDatabaseDirectory {signatures}\nLogFile {folder / 'log'}\n"
    )
    daemon = subprocess.Popen([DAEMON, "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not address.exists():
            assert daemon.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.1)
        yield f"unix://{address}"
    finally:
        daemon.terminate()
        daemon.wait()


@pytest.mark.parametrize("daemon", [stand_in, clamav])
def test_what_the_scanner_knows_is_refused_and_everything_else_is_kept(tmp_path: Path, daemon) -> None:  # noqa: ANN001
    harmless, marked = tmp_path / "harmless", tmp_path / "marked"
    harmless.write_bytes(b"%PDF-" + bytes(200_000))
    marked.write_bytes(b"%PDF-" + bytes(100_000) + MARK)
    with daemon(tmp_path) as address:
        inspector = ScanningInspector(AsItIs(), address)
        assert inspector.inspect(harmless).path == harmless
        with pytest.raises(FileRefused) as refused:
            inspector.inspect(marked)
    assert refused.value.key == "file_infected"


def test_without_the_scanner_nothing_is_kept_and_it_is_said_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"%PDF-")
    for address in ("tcp://127.0.0.1:1", f"unix://{tmp_path}/nothing"):
        with pytest.raises(Unavailable, match="PROMODESK_CLAMD_URL"):
            ScanningInspector(AsItIs(), address).inspect(file)


def test_an_address_that_is_none_is_named() -> None:
    for given in ("127.0.0.1:3310", "http://scanner:3310", "unix://clamd.ctl"):
        with pytest.raises(SettingError, match="PROMODESK_CLAMD_URL"):
            read_settings({"PROMODESK_CLAMD_URL": given})
