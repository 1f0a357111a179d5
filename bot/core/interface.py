"""The words of the chat itself, its buttons and labels, in one language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

MAIN_LANGUAGE = "en"
"""The language whose words every other one has to have too."""

_ALSO_CALLED = {"no": "nb", "nn": "nb"}


def nearest_language(tag: str, known: Collection[str]) -> str:
    """The known language that a tag like ``da-DK`` names, or the main one."""
    wanted = tag.replace("_", "-").lower()
    primary = wanted.partition("-")[0]
    primary = _ALSO_CALLED.get(primary, primary)
    exact = [code for code in known if code.lower() == wanted]
    return next(iter([*exact, *(code for code in known if code.partition("-")[0] == primary)]), MAIN_LANGUAGE)


@dataclass(frozen=True)
class Interface:
    """One language; ``sections`` gives the FAQ's section titles in it, as far as they are translated."""

    language: str
    name: str
    direction: str
    strings: Mapping[str, str]
    sections: Mapping[str, str]

    def section(self, title: str) -> str:
        """What a section of the FAQ is called; its own title if it has no other name."""
        return self.sections.get(title, title)
