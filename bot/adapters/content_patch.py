"""Differences between files in the form that ``git apply`` takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from bot.core.proposals import PatchedFile

_NO_NEWLINE = "\n\\ No newline at end of file\n"


def as_diff(files: Iterable[PatchedFile]) -> str:
    """A unified diff of all the files that differ."""
    return "".join(line for file in files if file.before != file.after for line in _file(file))


def _file(file: PatchedFile) -> Iterator[str]:
    yield f"diff --git a/{file.path} b/{file.path}\n"
    if file.before is None:
        yield "new file mode 100644\n"
    old = "/dev/null" if file.before is None else f"a/{file.path}"
    lines = unified_diff(_lines(file.before or ""), _lines(file.after), old, f"b/{file.path}")
    for line in lines:
        yield line if line.endswith("\n") else line + _NO_NEWLINE


def _lines(text: str) -> list[str]:
    """Lines as git sees them: whatever else Python takes for the end of a line stays within one."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [rest for rest in text.split("\n")[-1:] if rest]
