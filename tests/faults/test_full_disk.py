"""The disk of the desk's own files is full: customers hear of it, nothing is half-written, and afterwards all is as before."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.processes.running_desk import RunningDesk

MEGABYTES = 48
QUESTION = "How long does the payment take?"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    done = subprocess.run(mounting, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = f"no file system can be mounted here ({done.stderr.strip()}); run the tests as root"
        pytest.fail(reason) if os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1" else pytest.skip(reason)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def desk(trained_model: Path, small_disk: Path) -> Iterator[RunningDesk]:
    desk = RunningDesk(small_disk)
    desk.start()
    yield desk
    desk.stop()


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is left while the block lasts."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    try:
        yield
    finally:
        filler.unlink()


def test_a_full_disk_is_told_and_nothing_is_lost_or_half_written(desk: RunningDesk) -> None:
    customer = desk.customer()
    customer.say(QUESTION)
    before = customer.history()

    with filled(desk.folder):
        refused = [customer.browser.post("/api/chat", json={"text": QUESTION}) for _ in range(3)]
        page = customer.browser.get("/")
        history = customer.browser.get("/api/chat/history")

    assert_told([*refused, history])
    assert page.status_code == 200
    desk.wait_until_ready()
    assert customer.history()[: len(before)] == before
    assert customer.say(QUESTION)[0]["kind"] == "answer"
    assert [message["from"] for message in customer.history()][-2:] == ["customer", "desk"]


def assert_told(answers: list[httpx.Response]) -> None:
    """Each is a reply, or says in words that the desk cannot keep anything just now."""
    for answer in answers:
        if answer.status_code == httpx.codes.OK:
            assert answer.json()["messages"]
        else:
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
            assert answer.json()["error"]["message"] and answer.headers["Retry-After"]
