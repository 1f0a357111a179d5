"""The variant with an encoder of its own, fine-tuned on the phrases."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from benchmarks.understanding.ground import Ground
from benchmarks.understanding.matchers import MatcherModel, learn_chosen
from benchmarks.understanding.material import Material
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.config import read_settings
from bot.matching.encoder_export import exported_encoder

FOLDER = "tuned-encoder"
_PACKAGE = "package:"


def learn_tuned(material: Material, encoder: TimedEncoder) -> MatcherModel:
    """Tune, export, and learn by the tuned vectors as the product does by its own."""
    from benchmarks.understanding.tuning import tune  # torch takes seconds to import, and the other variants need none

    settings = read_settings()
    ground = Ground.of(material, encoder)
    folder = settings.cache / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    tune(_source(settings.encoder), ground.texts, ground.truth, ground.phrases.vectors, folder)
    return learn_chosen(material, TimedEncoder(exported_encoder(str(folder), settings.cache), settings.cache))


def _source(name: str) -> Path:
    """The sentence-transformers folder that ``PROMODESK_ENCODER`` means."""
    package = name.removeprefix(_PACKAGE)
    return Path(name) if package == name else Path(str(files(package))) / "model"
