"""How customers ask: one example sentence of one intent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NluExample:
    """An example as plain text, without entity marks, and where it is written."""

    intent: str
    text: str
    file: str
    line: int
