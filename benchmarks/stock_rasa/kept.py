"""Trained bots that are kept and used again, with what their training took."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.stock_rasa.measured import Measured, Section, Unit
from bot.adapters.models import training_stamp
from bot.config import ROOT, Settings

RECORD = "training.json"
EARLIER = "earlier run"
_STAMP_LENGTH = 12


def stock_folder(kept: Path, settings: Settings, epochs: int) -> Path:
    """Where a stock bot of these phrases and so many epochs is kept."""
    files = [*_content(settings), *(ROOT / "benchmarks" / "stock_rasa").glob("project*.py")]
    return kept / f"stock-{training_stamp(files, str(epochs))[:_STAMP_LENGTH]}"


def desk_folder(kept: Path, settings: Settings) -> Path:
    """Where a desk of these phrases, and of the code that learns from them, is kept."""
    code = [file for name in ("matching", "inside_rasa") for file in (ROOT / "bot" / name).glob("*.py")]
    files = [*_content(settings), *code, ROOT / "config.yml", ROOT / "domain.yml"]
    return kept / f"desk-{training_stamp(files, settings.encoder)[:_STAMP_LENGTH]}"


def trained_once(folder: Path, train: Callable[[], Sequence[Measured]]) -> list[Measured]:
    """What the training into this folder took; trained now, unless it was before."""
    record = folder / RECORD
    if record.exists():
        return [replace(_read(item), note=EARLIER) for item in json.loads(record.read_text(encoding="utf-8"))]
    measured = list(train())
    record.write_text(json.dumps([asdict(one) for one in measured]), encoding="utf-8")
    return measured


def _content(settings: Settings) -> Iterator[Path]:
    yield from (settings.content / "data").rglob("*.yml")
    yield from (settings.content / "faq").glob("*.yml")


def _read(item: dict[str, str]) -> Measured:
    return Measured(Section(item["section"]), item["name"], float(item["value"]), Unit(item["unit"]), item["note"])
