"""Train the model: ``promodesk train``, and before serving if the content has changed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from bot.adapters.models import is_trained_from, newest_model, note_stamp, training_stamp, unpacked_understanding
from bot.bootstrap import encoder_folder
from bot.config import ROOT, Settings
from bot.matching.encoder import Encoder
from bot.matching.matcher import Matcher
from bot.services.ports import InvalidInput

CONFIGURATION = ("config.yml", "domain.yml")
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "HF_HUB_OFFLINE": "1",
}


def train_if_needed(settings: Settings, console: Console | None = None) -> Path:
    """The newest model if it was trained from what is there now, else a new one."""
    try:
        model = newest_model(settings.models)
        if is_trained_from(model, _stamp(settings)):
            return model
    except InvalidInput:
        pass
    return train(settings, console)


def train(settings: Settings, console: Console | None = None) -> Path:
    """Train with Rasa and report what the matcher learnt; raises ``InvalidInput`` with Rasa's last words if it fails."""
    console = console or Console()
    stamp = _stamp(settings)
    began = time.monotonic()
    with console.status("Preparing the encoder (once, about half a minute) …"):
        encoder = Encoder(encoder_folder(settings))
    with console.status("Training on the phrases in data/ (about a minute) …"):
        model = _run_rasa(settings)
    note_stamp(model, stamp)
    with unpacked_understanding(model) as folder:
        matcher = Matcher.load(folder, encoder)
    console.print(f"Trained {model.name} in {time.monotonic() - began:.0f} s: {matcher.summary()}")
    return model


def _stamp(settings: Settings) -> str:
    """Everything a model is made from: phrases, rules, entries' questions and ids, and the code that learns."""
    files = [ROOT / name for name in CONFIGURATION]
    files += (settings.content / "data").rglob("*.yml")
    files += (settings.content / "faq").glob("*.yml")
    files += (ROOT / "bot" / "matching").glob("*.py")
    files += (ROOT / "bot" / "inside_rasa").glob("*.py")
    return training_stamp(files, settings.encoder)


def _run_rasa(settings: Settings) -> Path:
    """Train into a folder apart and move the model over when it is whole: a desk that starts meanwhile must not take half of it."""
    settings.models.mkdir(parents=True, exist_ok=True)
    settings.logs.mkdir(parents=True, exist_ok=True)
    log = settings.logs / "training.log"
    with tempfile.TemporaryDirectory(dir=settings.models) as scratch:
        command = [sys.executable, "-m", "rasa", "train", "--out", scratch, "--data", str(settings.content / "data")]
        with log.open("w", encoding="utf-8") as output:
            result = subprocess.run(
                command, cwd=ROOT, env={**os.environ, **QUIET}, stdout=output, stderr=subprocess.STDOUT, check=False
            )
        if result.returncode != 0:
            last_words = "\n".join(log.read_text(encoding="utf-8").splitlines()[-12:])
            raise InvalidInput(f"training failed; the whole log is in {log}\n{last_words}")
        trained = newest_model(Path(scratch))
        return trained.rename(settings.models / trained.name)
