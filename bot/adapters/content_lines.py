"""Adds phrases and entries to content files as new lines: every line that stands there stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.adapters.faq_writer import entry_as_yaml
from bot.core.faq import FaqEntry

WRITTEN_INDENT = 2
"""So far from the edge does ``faq_writer`` begin an entry."""
NEW_NLU_FILE = 'version: "3.1"\nnlu:\n'


def with_entry(text: str, entry: FaqEntry) -> str:
    """The text of a section file with one more entry at its end."""
    root = _root(text)
    entries = _value(root, "entries")
    indent = " " * (_dash(entries) if isinstance(entries, SequenceNode) else WRITTEN_INDENT)
    lines = [indent + line[WRITTEN_INDENT:] if line else "" for line in entry_as_yaml(entry).splitlines()]
    return _insert(text, _end_of(text, root, "entries"), ["", *lines])


def with_phrases(text: str, intent: str, phrases: Sequence[str]) -> str | None:
    """The text of an NLU file with phrases at the end of the intent's last block; None if it has none."""
    blocks = [node for name, node in _blocks(text) if name == intent]
    if not blocks:
        return None
    return _extend(text, blocks[-1], phrases)


def with_phrases_under(text: str, comment: str, intent: str, phrases: Sequence[str]) -> str:
    """The same, in the block of the intent below this comment line; the block is made if there is none."""
    lines = text.splitlines()
    for name, node in _blocks(text):
        item_line = _item_line(lines, node)
        if name == intent and item_line and lines[item_line - 1].strip() == comment:
            return _extend(text, node, phrases)
    return with_block(text, intent, phrases, comment)


def with_block(text: str, intent: str, phrases: Sequence[str], comment: str = "") -> str:
    """The text of an NLU file with one more block at its end."""
    root = _root(text)
    items = _value(root, "nlu")
    indent = " " * (_dash(items) if isinstance(items, SequenceNode) else 0)
    head = [f"{indent}{comment}"] if comment else []
    block = [f"{indent}- intent: {intent}", f"{indent}  examples: |"]
    return _insert(
        text, _end_of(text, root, "nlu"), [*head, *block, *(f"{indent}    - {phrase}" for phrase in phrases)]
    )


def intents_in(text: str) -> list[str]:
    """The intents that have phrases in an NLU file, in its order."""
    return [name for name, _ in _blocks(text)]


def _extend(text: str, block: ScalarNode, phrases: Sequence[str]) -> str:
    lines = text.splitlines()
    first = block.start_mark.line + 1
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    end = first
    for number in range(first, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith(indent):
            break
        if line.strip():
            end = number + 1
    return _insert(text, end, [f"{indent}- {phrase}" for phrase in phrases])


def _blocks(text: str) -> Iterator[tuple[str, ScalarNode]]:
    """Each block of phrases with its intent; only those written as a block can be extended by lines."""
    items = _value(_root(text), "nlu")
    for item in items.value if isinstance(items, SequenceNode) else ():
        intent, examples = _value(item, "intent"), _value(item, "examples")
        if isinstance(intent, ScalarNode) and isinstance(examples, ScalarNode) and examples.style == "|":
            yield str(intent.value), examples


def _item_line(lines: Sequence[str], block: ScalarNode) -> int:
    """The line on which the item with this block begins."""
    number: int = block.start_mark.line
    while number and not lines[number].lstrip().startswith("- "):
        number -= 1
    return number


def _end_of(text: str, root: Node | None, key: str) -> int:
    """The number of the line behind the last one that belongs to a key: before the next key, or at the end of the file."""
    lines = text.splitlines()
    keys = [name.start_mark.line for name, _ in root.value] if isinstance(root, MappingNode) else []
    own = next((name.start_mark.line for name, _ in _pairs(root) if name.value == key), 0)
    end = min((line for line in keys if line > own), default=len(lines))
    is_last = end == len(lines)
    while end and (not lines[end - 1].strip() or (not is_last and lines[end - 1].startswith("#"))):
        end -= 1
    return end


def _insert(text: str, place: int, new: Sequence[str]) -> str:
    """The text with new lines before the one with this number, ended as its own lines are."""
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if place and not lines[place - 1].endswith("\n"):
        lines[place - 1] += ending
    return "".join([*lines[:place], *(f"{line}{ending}" for line in new), *lines[place:]])


def _root(text: str) -> Node | None:
    node: Node | None = YAML(typ="safe", pure=True).compose(text)
    return node


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    return list(node.value) if isinstance(node, MappingNode) else []


def _value(node: Node | None, key: str) -> Node | None:
    return next((value for name, value in _pairs(node) if name.value == key), None)


def _dash(items: SequenceNode) -> int:
    """In which column the dashes of a list stand."""
    column: int = items.start_mark.column
    return column
