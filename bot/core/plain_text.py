"""Typed text made safe to keep and to show: no control characters, no reordering of what stands there."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Control characters but for tab and line feed, and those that turn the reading direction around."""


def plain_text(typed: str) -> str:
    """The text in lines, without what no keyboard types; empty if nothing of it can be seen."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    text = _CONTROL.sub("", lines).strip()
    return text if any(sign.isprintable() and not sign.isspace() for sign in text) else ""


def one_line(typed: str) -> str:
    """The text on a single line with single spaces: nothing in it can start a new header or row."""
    return " ".join(plain_text(typed).split())
