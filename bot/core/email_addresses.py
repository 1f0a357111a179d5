"""What an e-mail address is, when two spellings are the same one, and how one is shown without giving it away."""

from __future__ import annotations

import re
import unicodedata

_EMAIL = re.compile(r"[^@\s<>,;:()\[\]\\\"]{1,64}@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_LONGEST_LABEL = 63
"""A part of an internet name, between its dots."""


def comparable_email(written: str) -> str:
    """The form in which addresses are compared: compatibility characters, case and blanks around it do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).strip().casefold())


def masked_email(address: str) -> str:
    """The address as lists show it: its first letter and its domain, ``a…@company.example``."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…{at}{domain}" if at else "…"


def is_address(text: str) -> bool:
    """Whether it can be written to; what reads as an encoded word would be another address in a mail's header."""
    labels = text.rpartition("@")[2].split(".")
    return bool(_EMAIL.fullmatch(text)) and "=?" not in text and all(len(label) <= _LONGEST_LABEL for label in labels)
