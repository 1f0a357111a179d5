"""Writes what is kept about a person as JSON, which people and programs can read; readable by its writer alone."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.core.tickets import TicketFile
from bot.services.export_person import PersonExport
from bot.services.ports import InvalidInput
from bot.services.privacy_ports import StoredFiles


def write_person(exported: PersonExport, files: StoredFiles, out: Path | None) -> None:
    """Into a file, with the person's files in a folder beside it; or to the output, with their bytes in base64.

    Raises ``InvalidInput`` if nothing can be written there, ``Unavailable`` if a file cannot be read.
    """
    try:
        described = list(_beside(exported, files, out) if out else _within(exported, files))
        text = json.dumps(_document(exported, described), ensure_ascii=False, indent=2, default=_as_text) + "\n"
        if out:
            _write(out, text.encode())
        else:
            sys.stdout.write(text)
    except OSError as error:
        raise InvalidInput(f"{out or 'the output'} cannot be written ({error.strerror}); name another file") from error


def _document(exported: PersonExport, files: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "person": exported.person.email,
        "exported_at": exported.at,
        "conversations_are_theirs_because": exported.person.conversations,
        "claims_in_the_claims_database": exported.claims,
        "files": files,
        "desk": exported.records,
        "rasa": exported.dialogue,
    }


def _beside(exported: PersonExport, files: StoredFiles, out: Path) -> Iterator[dict[str, Any]]:
    folder = out.with_name(f"{out.stem}-files")
    out.parent.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(exported.person.files, start=1):
        content = files.read(file.id)
        target = folder / f"{number} {file.name}"
        if content is not None:
            folder.mkdir(mode=0o700, exist_ok=True)
            _write(target, content)
        yield _described(file) | {"copied_to": str(target.relative_to(out.parent)) if content is not None else None}


def _within(exported: PersonExport, files: StoredFiles) -> Iterator[dict[str, Any]]:
    for file in exported.person.files:
        content = files.read(file.id)
        yield _described(file) | {"base64": base64.b64encode(content).decode() if content is not None else None}


def _described(file: TicketFile) -> dict[str, Any]:
    return {"id": file.id, "name": file.name, "media_type": file.media_type, "size": file.size}


def _write(path: Path, content: bytes) -> None:
    """Never over another file."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(content)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
