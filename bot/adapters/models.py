"""Trained models on disk: which is the newest, what it was trained from, and its matcher without Rasa."""

from __future__ import annotations

import hashlib
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.services.ports import InvalidInput

STAMP_ENDING = ".stamp"


def newest_model(folder: Path) -> Path:
    """The newest model; raises ``InvalidInput`` where there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not models:
        raise InvalidInput(f"no trained model in {folder}; run `promodesk train`")
    return models[-1]


def training_stamp(files: Iterable[Path], extra: str) -> str:
    """A checksum over everything a model is trained from."""
    digest = hashlib.sha256(extra.encode())
    for file in sorted(files):
        digest.update(str(file.name).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_trained_from(model: Path, stamp: str) -> bool:
    """Whether the model was trained from exactly this."""
    note = model.with_name(model.name + STAMP_ENDING)
    return note.exists() and note.read_text() == stamp


def note_stamp(model: Path, stamp: str) -> None:
    """Write down what the model was trained from."""
    model.with_name(model.name + STAMP_ENDING).write_text(stamp)


@contextmanager
def unpacked_understanding(model: Path) -> Iterator[Path]:
    """The folder of the desk's understanding inside a model, unpacked for as long as it is needed."""
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(model) as archive:
        members = [member for member in archive.getmembers() if "DeskUnderstanding" in member.name]
        archive.extractall(scratch, members=members)
        found = list(Path(scratch).rglob("matcher.json"))
        if not found:
            raise InvalidInput(f"{model} was not trained with the desk's understanding; run `promodesk train`")
        yield found[0].parent
