"""Reads from the desk's own code which sentences it says, and with which values it fills their placeholders."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SpokenKeys:
    """The names of the values given to each sentence, as far as the code shows them."""

    names: dict[str, frozenset[str]]
    """For the sentences whose key and values stand in the code as such."""
    anywhere: frozenset[str]
    """Every name of a value in the code, as a pattern: the most that any other sentence can be given."""

    def unfilled(self, key: str, placeholders: frozenset[str]) -> frozenset[str]:
        """Those of a sentence's placeholders that nothing can fill."""
        if key in self.names:
            return placeholders - self.names[key]
        known = re.compile("|".join(sorted(self.anywhere)))
        return frozenset(name for name in placeholders if not known.fullmatch(name))


def read_spoken_keys(*folders: Path) -> SpokenKeys:
    """Look at every ``….say("key", name=value)`` in the Python files of these folders."""
    names: dict[str, frozenset[str]] = {}
    anywhere: set[str] = set()
    unclear: set[str] = set()
    for node in _nodes(folders):
        anywhere.update(_value_names(node))
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say"):
            continue
        given = frozenset(keyword.arg for keyword in node.keywords if keyword.arg is not None)
        for key in _keys(node.args[0]) if node.args else ():
            names[key] = names.get(key, given) & given
            if len(given) < len(node.keywords):
                unclear.add(key)  # **values
    return SpokenKeys({key: given for key, given in names.items() if key not in unclear}, frozenset(anywhere))


def _nodes(folders: tuple[Path, ...]) -> Iterator[ast.AST]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            try:
                module = ast.parse(path.read_text(encoding="utf-8"))
            except SyntaxError:
                continue  # Python itself complains of it, and louder
            yield from ast.walk(module)


def _value_names(node: ast.AST) -> Iterator[str]:
    """The names under which this piece of code may hand on a value."""
    if isinstance(node, ast.keyword) and node.arg is not None:
        yield node.arg
    elif isinstance(node, ast.Dict):
        for key in node.keys:
            yield from _name_pattern(key)
    elif isinstance(node, ast.DictComp):
        yield from _name_pattern(node.key)
    elif isinstance(node, ast.Subscript):
        yield from _name_pattern(node.slice)


def _name_pattern(node: ast.expr | None) -> Iterator[str]:
    """A name as a pattern; what the running program puts into it (``f"{kind}_day"``) may be any word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values):
        parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
        yield "".join(parts)


def _keys(node: ast.expr) -> Iterator[str]:
    """The key itself, or both of a choice between two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
