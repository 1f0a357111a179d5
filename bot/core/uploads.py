"""What customers may attach, and under which name it is kept."""

from __future__ import annotations

import re

from bot.core.plain_text import one_line

MEGABYTE = 1024 * 1024
MOST_FILES = 5
LARGEST_FILE = 10 * MEGABYTE
LARGEST_TOGETHER = 25 * MEGABYTE
LARGEST_UNSENT = 50 * MEGABYTE
"""What one conversation may leave lying unsent, over all its forms."""
LONGEST_NAME = 100
EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
"""The media types that are taken, each with the ending its files get."""

_ID = re.compile(r"[A-Za-z0-9_-]{16,40}")


def is_file_id(text: str) -> bool:
    """Whether it looks like an id of a file: only then it may be asked for, or become a path."""
    return bool(_ID.fullmatch(text))


def shown_name(given: str) -> str:
    """A file's name as it can be shown: no path, nothing unprintable, not endless."""
    name = one_line(given.replace("\\", "/").rpartition("/")[2]).strip(". ")
    if len(name) <= LONGEST_NAME:
        return name or "file"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - 8]}…{dot}{ending[:6]}" if dot else f"{name[: LONGEST_NAME - 1]}…"


def safe_name(given: str, media_type: str) -> str:
    """The name under which the file is offered to agents: its ending tells what it really is."""
    name = shown_name(given)
    known = (*EXTENSIONS.values(), ".jpeg")
    stem, dot, ending = name.rpartition(".")
    base = stem if dot and f".{ending.lower()}" in known else name
    return f"{base}{EXTENSIONS[media_type]}"


def size_in_words(size: int) -> str:
    """Bytes as people read them: ``1.4 MB``, ``12 kB``."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, size // 1024)} kB"
