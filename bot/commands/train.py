"""Train the model: ``promodesk train``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from bot.adapters.floors_file import read_floors
from bot.adapters.models import newest_model, note_stamp, unpacked_understanding
from bot.adapters.rasa_environment import RASA_ENVIRONMENT
from bot.bootstrap_understanding import DEVELOPMENT, development_questions, encoder_folder
from bot.commands.evaluate import figure_table, measure
from bot.commands.fitting_model import training_stamp_of
from bot.config import ROOT, Settings
from bot.core.floors import shortfalls
from bot.matching.kept_encoder import KeptEncoder
from bot.matching.matcher import Matcher
from bot.services.ports import InvalidInput

FLOORS = Path("evaluation/floors.yml")


def train(settings: Settings, console: Console | None = None, *, accept: bool = False) -> Path:
    """Train with Rasa and report what the matcher learnt.

    Raises ``InvalidInput`` with Rasa's last words if that fails, and for a model that falls below
    ``evaluation/floors.yml``, unless it is to be accepted all the same; the models before it stay as they are.
    """
    console = console or Console()
    stamp = training_stamp_of(settings)
    began = time.monotonic()
    with console.status("Preparing the encoder (once, about half a minute) …"):
        exported = encoder_folder(settings)
    settings.models.mkdir(parents=True, exist_ok=True)
    # Trained in a folder apart and moved over when it is whole: a desk that starts meanwhile must not take half of it.
    with tempfile.TemporaryDirectory(dir=settings.models) as scratch:
        with console.status("Training on the phrases in data/ (one or two minutes) …"):
            trained = _run_rasa(settings, Path(scratch))
        with unpacked_understanding(trained) as folder:
            matcher = Matcher.load(folder, KeptEncoder(exported, settings.cache))
        _require_floors(settings, matcher, console, accept)
        model = trained.rename(settings.models / trained.name)
        note_stamp(model, stamp)
    console.print(f"Trained {model.name} in {time.monotonic() - began:.0f} s: {matcher.summary()}", soft_wrap=True)
    return model


def _require_floors(settings: Settings, matcher: Matcher, console: Console, accept: bool) -> None:
    """Measure the model on the development questions, say the figures, and refuse what falls below the floors."""
    questions = development_questions(settings)
    if not questions:
        console.print(f"No {DEVELOPMENT} in the content: thresholds come from the phrases, and nothing was measured.")
        return
    with console.status(f"Asking {len(questions)} development questions …"):
        figures = measure(matcher, questions)
    console.print(figure_table(f"{DEVELOPMENT}: {len(questions)} questions", figures))
    found = shortfalls(figures, read_floors(settings.content / FLOORS, DEVELOPMENT.name))
    if not found:
        return
    listed = "\n".join(f"  {shortfall}" for shortfall in found)
    if not accept:
        raise InvalidInput(
            f"the model understands less than {FLOORS} asks for and was not kept:\n{listed}\n"
            "Look at the phrases changed last (promodesk ask shows what a message is taken for), "
            "or keep it all the same with promodesk train --accept."
        )
    console.print(
        f"KEPT ALTHOUGH IT UNDERSTANDS LESS THAN {FLOORS} ASKS FOR:\n{listed}", style="bold red", markup=False
    )


def _run_rasa(settings: Settings, scratch: Path) -> Path:
    """The model that Rasa trains into ``scratch``."""
    settings.logs.mkdir(parents=True, exist_ok=True)
    log = settings.logs / "training.log"
    command = [sys.executable, "-m", "rasa", "train", "--out", str(scratch), "--data", str(settings.content / "data")]
    with log.open("w", encoding="utf-8") as output:
        result = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **RASA_ENVIRONMENT},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode != 0:
        last_words = "\n".join(log.read_text(encoding="utf-8").splitlines()[-12:])
        raise InvalidInput(f"training failed; the whole log is in {log}\n{last_words}")
    return newest_model(scratch)
