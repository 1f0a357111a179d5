"""Whether the newest model fits the content. Told in a second: what trains takes ten times as long only to be loaded."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from bot.adapters.models import is_trained_from, newest_model, training_stamp
from bot.bootstrap_content import content
from bot.bootstrap_understanding import learnt_by
from bot.config import ROOT, Settings
from bot.services.ports import InvalidInput

CONFIGURATION = ("config.yml", "domain.yml")


def train_if_needed(settings: Settings, console: Console | None = None) -> Path:
    """The newest model if it was trained from what is there now, else a new one. Raises ``InvalidInput`` as ``train`` does."""
    model = fitting_model(settings)
    if model:
        return model
    from bot.commands.train import train

    return train(settings, console)


def fitting_model(settings: Settings) -> Path | None:
    """The newest model, if it was trained from what is there now. Raises ``InvalidInput`` if the content cannot be read."""
    stamp = training_stamp_of(settings)
    try:
        model = newest_model(settings.models)
    except InvalidInput:
        return None
    return model if is_trained_from(model, stamp) else None


def training_stamp_of(settings: Settings) -> str:
    """Everything a model is made from: phrases, rules, entries' questions and ids, and the code that learns.

    No answers: who changes one need not wait for a training. Raises ``InvalidInput`` if the content cannot be read.
    """
    files = [ROOT / name for name in CONFIGURATION]
    files += (settings.content / "data").rglob("*.yml")
    files += learnt_by(settings)
    files += [ROOT / "bot" / "inside_rasa" / name for name in ("importer.py", "understanding.py")]
    questions = [f"{entry.id} {entry.question}" for entry in content(settings).faq]
    return training_stamp(files, "\n".join([settings.encoder, *questions]))
