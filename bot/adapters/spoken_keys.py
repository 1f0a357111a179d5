"""Reads from the desk's own code which sentences it says, and with which values it fills their placeholders."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SpokenKeys:
    """The names of the values given to each sentence, as far as the code shows them."""

    names: dict[str, frozenset[str]]
    anywhere: frozenset[str]
    is_complete: bool
    """False if some call passes values whose names cannot be read from the code."""

    def allowed(self, key: str) -> frozenset[str] | None:
        """The placeholders this sentence may have; None if that cannot be known."""
        if key in self.names:
            return self.names[key]
        return self.anywhere if self.is_complete and self.anywhere else None


def read_spoken_keys(*folders: Path) -> SpokenKeys:
    """Look at every ``….say("key", name=value)`` in the Python files of these folders."""
    names: dict[str, frozenset[str]] = {}
    anywhere: set[str] = set()
    open_keys: set[str] = set()
    is_complete = True
    for call in _calls(folders):
        given = frozenset(keyword.arg for keyword in call.keywords if keyword.arg is not None)
        is_open = any(keyword.arg is None for keyword in call.keywords)
        anywhere |= given
        is_complete = is_complete and not is_open
        for key in _keys(call.args[0]) if call.args else ():
            names[key] = names.get(key, given) & given
            if is_open:
                open_keys.add(key)
    shown = {key: given for key, given in names.items() if key not in open_keys}
    return SpokenKeys(shown, frozenset(anywhere), is_complete)


def _calls(folders: tuple[Path, ...]) -> Iterator[ast.Call]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            try:
                module = ast.parse(path.read_text(encoding="utf-8"))
            except SyntaxError:
                continue  # Python itself complains of it, and louder
            for node in ast.walk(module):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "say"
                ):
                    yield node


def _keys(node: ast.expr) -> Iterator[str]:
    """The key itself, or both of a choice between two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
