"""The keys by which help desks use the answer assistant's API."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime

PREFIX = "pdk_"
"""Tells a key of this desk from any other secret, to people and to programs that look for secrets."""
LONGEST_NAME = 100
_FORM = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True)
class ApiKey:
    """What is known of a key; with none of it can the API be used."""

    id: str
    name: str
    created_at: datetime
    last_used_on: date | None = None
    revoked_at: datetime | None = None


def new_key() -> str:
    """A key that cannot be guessed: 256 bits."""
    return PREFIX + secrets.token_urlsafe(32)


def looks_like_a_key(text: str) -> bool:
    """Whether a text has the form of a key, so that nothing else is looked for in the database."""
    return _FORM.fullmatch(text) is not None
