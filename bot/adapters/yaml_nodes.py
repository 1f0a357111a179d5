"""YAML content with the line of everything in it; mistakes are collected and raised together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.adapters.content_mistakes import Mistakes
from bot.core.findings import Place

_TEXT = "tag:yaml.org,2002:str"
_WHOLE_NUMBER = "tag:yaml.org,2002:int"
_NOTHING = "tag:yaml.org,2002:null"
_KINDS = {MappingNode: "keys with values", SequenceNode: "a list", ScalarNode: "a single value"}


@dataclass(frozen=True)
class ContentFile:
    """One YAML file: its text, its name in messages, and where its mistakes go."""

    name: str
    lines: list[str]
    mistakes: Mistakes

    def place(self, node: Node) -> Place:
        return Place(self.name, node.start_mark.line + 1)


def open_mapping(path: Path, name: str, mistakes: Mistakes) -> Keys | None:
    """The file's top level; None, with a mistake added, if it is not readable YAML of keys and values."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        mistakes.add(Place(name, 1), "-", f"the file cannot be read ({error})", "save it as UTF-8 text")
        return None
    file = ContentFile(name, text.splitlines(), mistakes)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        mistakes.add(
            Place(name, line),
            "-",
            f"not YAML: {error.problem or error.context}",
            "check indentation, colons and quotes here",
        )
        return None
    except YAMLError as error:
        mistakes.add(
            Place(name, 1),
            "-",
            f"not YAML: {str(error).splitlines()[0]}",
            "remove the sign that cannot be read",
        )
        return None
    if not isinstance(root, MappingNode):
        mistakes.add(Place(name, 1), "-", "the file does not hold keys with values", "write it as faq/README.md shows")
        return None
    return Keys(file, root, "-")


class Keys:
    """A mapping: asks for its values one by one, and notes what is missing, of the wrong kind or left over."""

    def __init__(self, file: ContentFile, node: MappingNode, entry: str) -> None:
        self.file = file
        self.entry = entry
        self.place = file.place(node)
        self._values: dict[str, Node] = {}
        self._asked: set[str] = set()
        self._doubled: list[Node] = []
        self._key_places: dict[str, Place] = {}
        for key, value in node.value:
            self._put(key, value)

    def _put(self, key: Node, value: Node) -> None:
        if not isinstance(key, ScalarNode):
            self.complain("a key is not a single word", "write the key as a word and a colon", key)
        elif key.value in self._values:
            self._doubled.append(key)
        else:
            self._values[key.value] = value
            self._key_places[key.value] = self.file.place(key)

    def complain(self, what: str, mend: str, node: Node | None = None) -> None:
        place = self.place if node is None else self.file.place(node)
        self.file.mistakes.add(place, self.entry, what, mend)

    def complain_at(self, key: str, what: str, mend: str) -> None:
        """Note a mistake on the line of this key's name."""
        self.file.mistakes.add(self.place_of(key), self.entry, what, mend)

    def complain_on(self, line: int, what: str, mend: str) -> None:
        """Note a mistake on this line of the file."""
        self.file.mistakes.add(Place(self.file.name, line), self.entry, what, mend)

    def names(self) -> Iterator[str]:
        """All keys; asking for them counts as knowing them."""
        self._asked.update(self._values)
        self._tell_doubled()
        return iter(list(self._values))

    def place_of(self, key: str) -> Place:
        return self._key_places.get(key, self.place)

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, *, optional: bool = False, block: bool = False, whole: bool = False) -> str:
        """A text; empty if it is missing or wrong.

        ``block`` insists on ``|-`` and the words below it, ``whole`` refuses a comment that may be meant as words.
        """
        node = self._node(key, optional)
        if node is None:
            return ""
        if not isinstance(node, ScalarNode) or node.tag not in (_TEXT, _NOTHING):
            shown = repr(node.value) if isinstance(node, ScalarNode) else _KINDS[type(node)]
            self.complain(f"{key} is {shown} and not a text", "put it in quotation marks", node)
            return ""
        if not node.value.strip() or node.tag == _NOTHING:
            self.complain_at(key, f"{key} is empty", "write its words, or remove the key if it may be left out")
            return ""
        if block and node.style != "|":
            self.complain(
                f"{key} is not written as a block",
                f"write '{key}: |-' and the words on the lines below, indented",
                node,
            )
        if whole:
            self._refuse_lost_words(key, node)
        return str(node.value).rstrip("\n")

    def _refuse_lost_words(self, key: str, node: ScalarNode) -> None:
        if node.style is not None:
            return
        rest = (
            self.file.lines[node.end_mark.line][node.end_mark.column :]
            if node.end_mark.line < len(self.file.lines)
            else ""
        )
        if rest.lstrip().startswith("#"):
            self.complain(f"the words of {key} after # would be lost", "put the whole text in quotation marks", node)

    def whole_number(self, key: str) -> int:
        """A whole number; 0 if it is missing or wrong."""
        node = self._node(key, optional=False)
        if node is None:
            return 0
        if isinstance(node, ScalarNode) and node.tag == _WHOLE_NUMBER and re.fullmatch(r"\d+", node.value):
            return int(node.value)
        self.complain(f"{key} is not a whole number", "write digits only, such as 15", node)
        return 0

    def day(self, key: str, *, optional: bool = False) -> date | None:
        """A date; None if it is missing or wrong."""
        node = self._node(key, optional)
        if node is None:
            return None
        try:
            return date.fromisoformat(node.value if isinstance(node, ScalarNode) else "")
        except ValueError:
            shown = node.value if isinstance(node, ScalarNode) else _KINDS[type(node)]
            self.complain(f"{key} is {shown}, which is not a date", "write year-month-day, such as 2023-12-31", node)
            return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, not empty."""
        node = self._node(key, optional=False)
        if node is None:
            return ()
        items = node.value if isinstance(node, SequenceNode) else []
        if not items or not all(isinstance(item, ScalarNode) and item.value for item in items):
            self.complain(f"{key} is not a list of words", f"write '{key}: [one, another]'", node)
            return ()
        return tuple(str(item.value) for item in items)

    def inside(self, key: str, *, optional: bool = False, entry: str | None = None) -> Keys | None:
        """The mapping under a key."""
        node = self._node(key, optional)
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            self.complain(
                f"{key} does not hold keys with values",
                "write one 'key: value' a line below it, indented",
                node,
            )
            return None
        return Keys(self.file, node, self.entry if entry is None else entry)

    def list_of_keys(self, key: str, *, optional: bool = False) -> list[Keys]:
        """The list of mappings under a key, not empty."""
        node = self._node(key, optional)
        if node is None:
            return []
        if not isinstance(node, SequenceNode) or not node.value:
            self.complain(f"{key} is not a list", "begin every one with '- ' on its own line", node)
            return []
        found = []
        for item in node.value:
            if isinstance(item, MappingNode):
                found.append(Keys(self.file, item, self.entry))
            else:
                self.complain(
                    f"{key} has an item that does not hold keys with values",
                    "begin it with '- ' and a key",
                    item,
                )
        return found

    def refuse_others(self) -> None:
        """Note every key that nobody asked for; call it last."""
        self._tell_doubled()
        known = ", ".join(sorted(self._asked))
        for key in self._values:
            if key not in self._asked:
                self.file.mistakes.add(
                    self.place_of(key),
                    self.entry,
                    f"the key {key!r} is unknown",
                    f"use one of {known}, or remove it",
                )

    def _tell_doubled(self) -> None:
        """Told late, when it is known whose keys these are."""
        for key in self._doubled:
            entry = key.value if self.entry == "-" else self.entry
            mend = "keep one of the two"
            self.file.mistakes.add(self.file.place(key), entry, f"the key {key.value!r} stands twice", mend)
        self._doubled.clear()

    def node(self, key: str) -> Node | None:
        """The bare node under a key that must be there."""
        return self._node(key, optional=False)

    def _node(self, key: str, optional: bool) -> Node | None:
        self._asked.add(key)
        if key not in self._values and not optional:
            self.complain(f"{key} is missing", f"add a line '{key}: …'")
        return self._values.get(key)
