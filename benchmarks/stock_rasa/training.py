"""Trains both bots from nothing, and measures time and memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.stock_rasa.measured import Measured, Section, Unit
from benchmarks.stock_rasa.processes import QUIET, last_line, last_words, running
from benchmarks.stock_rasa.progress import Say
from benchmarks.stock_rasa.usage import resident_mb
from bot.commands.processes import Program
from bot.config import ROOT
from bot.services.ports import Unavailable

LOOK_SECONDS = 0.2
SHOWN_CHARACTERS = 60
TRAINING = "training"
PREPARING = "encoder, prepared once"
_PREPARE = "from bot.bootstrap_understanding import encoder_folder; from bot.config import read_settings; encoder_folder(read_settings())"


def train_stock(project: Path, logs: Path, say: Say) -> list[Measured]:
    """Train the stock project into its folder ``models``; raises ``Unavailable`` with Rasa's last words if it fails."""
    command = [sys.executable, "-m", "rasa", "train", "--out", "models"]
    return _measure(TRAINING, Program("train-stock", command, QUIET), project, logs, say)


def train_desk(environment: Mapping[str, str], cache: Path, logs: Path, say: Say) -> list[Measured]:
    """Train the desk with these settings, without what Rasa remembers of an earlier training; raises ``Unavailable``."""
    fresh = {**QUIET, **environment, "RASA_CACHE_DIRECTORY": str(cache)}
    prepare = Program("prepare-desk", [sys.executable, "-c", _PREPARE], fresh)
    train = Program("train-desk", [sys.executable, "-m", "bot", "train"], fresh)
    return _measure(PREPARING, prepare, ROOT, logs, say) + _measure(TRAINING, train, ROOT, logs, say)


def _measure(name: str, program: Program, folder: Path, logs: Path, say: Say) -> list[Measured]:
    began, most = time.monotonic(), 0.0
    with running([program], folder, logs) as started:
        process = started[program.name]
        while process.poll() is None:
            most = max(most, resident_mb(process.pid))
            say(last_line(program.name, logs)[:SHOWN_CHARACTERS])
            time.sleep(LOOK_SECONDS)
        seconds = time.monotonic() - began
    if process.returncode:
        said = last_words(program.name, logs)
        raise Unavailable(f"{program.name} failed with exit code {process.returncode}; it said:\n{said}")
    return [
        Measured(Section.TRAINING, f"{name}: time", seconds, Unit.SECONDS),
        Measured(Section.TRAINING, f"{name}: most memory", most, Unit.MEGABYTES),
    ]
