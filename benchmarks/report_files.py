"""A benchmark's report on disk: Markdown for readers, and JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.services.ports import InvalidInput


def write_report(folder: Path, name: str, markdown: str, data: dict[str, Any]) -> None:
    """Both files; raises ``InvalidInput`` if the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.md").write_text(markdown, encoding="utf-8")
        text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"the report cannot be written to {folder} ({error}); name another with --out") from error
