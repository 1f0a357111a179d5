"""How the desk starts and ends as a whole: what it refuses, and that it leaves nothing behind."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import ROOT
from tests.processes.running_desk import (
    MODULES,
    RunningDesk,
    children_of,
    command_of,
    environment_of,
    is_running,
    run_to_its_end,
    settings_for,
    wait_until,
)


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=["SIGTERM", "Ctrl-C", "SIGKILL"]
)
def test_however_the_supervisor_ends_no_process_is_left(
    trained_model: Path, tmp_path: Path, number: signal.Signals
) -> None:
    desk = RunningDesk(tmp_path)
    desk.start_without_waiting()
    try:
        wait_until(lambda: len(desk.processes) == len(MODULES), 240, "all processes to start")
        everything = [desk.supervisor, *children_of(desk.supervisor)]

        code = desk.stop(number)

        assert code == (-signal.SIGKILL if number is signal.SIGKILL else 0), desk.terminal
        wait_until(lambda: not any(map(is_running, everything)), 30, "all processes to end")
    finally:
        desk.kill()


def test_ctrl_c_ends_a_preparation_too(tmp_path: Path) -> None:
    desk = RunningDesk(tmp_path)
    desk.settings["PROMODESK_MODELS"] = str(tmp_path / "no models yet")
    desk.start_without_waiting()
    try:
        wait_until(
            lambda: any("train" in command_of(child) for child in children_of(desk.supervisor)), 60, "the training"
        )
        everything = children_of(desk.supervisor)

        assert desk.stop(signal.SIGINT) == 0
        wait_until(lambda: not any(map(is_running, everything)), 30, "all processes to end")
    finally:
        desk.kill()


def test_a_port_in_use_is_said_with_the_setting_that_changes_it(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        refused = run_to_its_end({**settings_for(tmp_path), "PROMODESK_PORT": port})

    assert refused.returncode == 1
    said = plainly(refused)
    assert port in said and "PROMODESK_PORT" in said
    assert not list(tmp_path.iterdir())


def test_a_broken_content_file_is_said_with_its_line(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "faq", content / "faq")
    broken = content / "faq" / "payment.yml"
    lines = broken.read_text(encoding="utf-8").splitlines()
    broken.write_text("\n".join([*lines[:4], "    question: [", *lines[5:]]), encoding="utf-8")

    refused = run_to_its_end({**settings_for(tmp_path), "PROMODESK_CONTENT": str(content)})

    assert refused.returncode == 1
    assert re.search(r"payment\.yml:\d+", plainly(refused))
    assert not (tmp_path / "logs").exists()


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    refused = run_to_its_end({**settings_for(tmp_path), "PROMODESK_TODAY": "tomorrow"})

    assert refused.returncode == 1
    assert "PROMODESK_TODAY" in plainly(refused)


@pytest.mark.parametrize("program", [["bot", "serve"], ["bot.web"], ["bot.inside_rasa.server"]], ids=" ".join)
def test_no_process_starts_with_a_secret_that_others_know(tmp_path: Path, program: list[str]) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", *program],
        cwd=ROOT,
        env=environment_of({**settings_for(tmp_path), "PROMODESK_SECRET": "for-demonstration-only"}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert refused.returncode == 1
    assert "PROMODESK_SECRET" in plainly(refused)
    assert not list(tmp_path.iterdir())


def test_rasa_without_a_model_says_how_to_get_one(tmp_path: Path) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "bot.inside_rasa.server"],
        cwd=ROOT,
        env=environment_of({**settings_for(tmp_path), "PROMODESK_MODELS": str(tmp_path)}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert refused.returncode == 1
    assert "promodesk train" in plainly(refused)


def plainly(refused: subprocess.CompletedProcess[str]) -> str:
    """What was said, on one line; no traceback."""
    said = f"{refused.stdout} {refused.stderr}"
    assert "Traceback" not in said
    return " ".join(said.split())
