"""Customers' files on disk: random names, readable by the desk alone, in a folder that nothing serves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.core.uploads import is_file_id
from bot.services.ports import Unavailable
from bot.services.privacy_ports import Place

_SENT, _INSPECTED = ".sent", ".inspected"


class FolderStore:
    """The ``FileStore`` port over a folder; what is being taken in lies apart from what is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"

    def take_in(self, id: str, content: BinaryIO) -> Path:
        path = self._incoming / f"{_checked(id)}{_SENT}"
        try:
            _make(self._incoming)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                shutil.copyfileobj(content, target)
        except OSError as error:
            raise _failed(error) from error
        return path

    def keep(self, id: str, inspected: Path) -> None:
        path = self.path(id)
        try:
            _make(path.parent)
            with inspected.open("rb") as written:
                os.fsync(written.fileno())
            inspected.replace(path)
            _sync(path.parent)
            (self._incoming / f"{id}{_SENT}").unlink(missing_ok=True)
        except OSError as error:
            raise _failed(error) from error

    def discard(self, id: str) -> None:
        for path in self._places(id):
            with suppress(OSError):  # what cannot be removed now is swept up later
                path.unlink(missing_ok=True)

    def read(self, id: str) -> bytes | None:
        """A kept file's bytes, or None if there are none. Raises ``Unavailable``."""
        try:
            return self.path(id).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failed(error) from error

    def has(self, id: str) -> bool:
        """Whether anything of a file is there."""
        return any(path.exists() for path in self._places(id))

    def older_than(self, moment: datetime) -> list[str]:
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        old = {path.name.partition(".")[0] for path in files if _written(path) < moment.timestamp()}
        return sorted(filter(is_file_id, old))  # what others have put there is none of the desk's

    def path(self, id: str) -> Path:
        """Where a kept file lies; spread over folders, so that none grows endless."""
        return self._folder / _checked(id)[:2] / id

    def _places(self, id: str) -> tuple[Path, ...]:
        """Everywhere something of a file may lie."""
        return (self.path(id), *(self._incoming / f"{id}{ending}" for ending in (_SENT, _SENT + _INSPECTED)))


def _checked(id: str) -> str:
    """Ids are the desk's own; one that is not must not become a path."""
    if not is_file_id(id):
        raise ValueError("not the id of a file")
    return id


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _sync(folder: Path) -> None:
    """Make the name of a new file last, not only its content."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _failed(error: OSError) -> Unavailable:
    return Unavailable(
        f"a file could not be kept or read ({error.strerror}); look at the folder PROMODESK_UPLOADS and its disk"
    )


class DiscardedFiles:
    """The ``Elsewhere`` port over the folder: a file that is still there after all is tried again later."""

    place = Place.FILES

    def __init__(self, store: FolderStore) -> None:
        self._store = store

    def remove(self, keys: Collection[str]) -> Collection[str]:
        for key in keys:
            self._store.discard(key)
        return [key for key in keys if not self._store.has(key)]
