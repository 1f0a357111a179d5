"""Reads examples of how customers ask from Rasa NLU files, for the training and for the check."""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml.nodes import ScalarNode

from bot.adapters.content_mistakes import Mistakes
from bot.adapters.yaml_nodes import Keys, open_mapping
from bot.core.examples import NluExample

_OTHER_KINDS = ("synonym", "regex", "lookup")
_ENTITY_MARK = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})(?:\[[^\[\]]*\])?")


def read_examples(path: Path) -> list[NluExample]:
    """Every example of a file, or of a folder and those in it; raises ``ContentError`` naming file and line."""
    mistakes = Mistakes()
    top = path if path.is_dir() else path.parent
    examples: list[NluExample] = []
    for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
        keys = open_mapping(file, f"{_shown(top)}{file.relative_to(top).as_posix()}", mistakes)
        if keys is not None:
            examples.extend(_examples(keys))
    mistakes.raise_if_any()
    return examples


def _shown(top: Path) -> str:
    """A folder as messages name it: from the ``data`` folder down, or by its last name."""
    parts = top.resolve().parts
    start = len(parts) - 1 - parts[::-1].index("data") if "data" in parts else len(parts) - 1
    return "/".join(parts[start:]) + "/"


def _examples(keys: Keys) -> list[NluExample]:
    keys.has("version") and keys.node("version")
    found = []
    for item in keys.list_of_keys("nlu"):
        if any(item.has(kind) for kind in _OTHER_KINDS):
            continue
        intent = item.text("intent")
        item.entry = intent or "(no intent)"
        item.inside("metadata", optional=True)
        if intent and re.search(r"\s", intent):
            item.complain_at("intent", "the intent's name has a space", "write it in one word")
        found.extend(_sentences(item, intent))
        item.refuse_others()
    keys.refuse_others()
    return found


def _sentences(item: Keys, intent: str) -> list[NluExample]:
    node = item.node("examples")
    if node is None:
        return []
    if not isinstance(node, ScalarNode) or node.style != "|":
        item.complain(
            "examples is not written as a block",
            "write 'examples: |' and one '- example' a line below it",
            node,
        )
        return []
    found = []
    first_line = node.start_mark.line + 2
    for line, words in enumerate(node.value.split("\n"), start=first_line):
        text = words.strip()
        if not text:
            continue
        if not re.match(r"-\s+\S", text):
            item.complain_on(line, f"{text!r} is not an example", "begin the line with '- '")
            continue
        found.append(NluExample(intent, _ENTITY_MARK.sub(r"\1", text[1:].strip()), item.file.name, line))
    if not found:
        item.complain("examples is empty", "write at least one '- example'", node)
    return found
