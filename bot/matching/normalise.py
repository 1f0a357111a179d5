"""One spelling for everything that should not matter to the matcher: capitals, spaces, numbers that only name a case."""

from __future__ import annotations

import re
import unicodedata

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}|‹e-mail address›")
_REFERENCE = re.compile(
    r"\b(?:[a-z]{1,4}-?)?(?!(?:19|20)\d\d\b)\d[\d-]{3,30}\b|‹claim reference›|‹number›|‹phone number›"
)  # no year, and with it no ISO date: when something happened tells a lot
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The text as the matcher sees it, while training and while answering."""
    text = text.replace("’", "'").replace("´", "'").encode("utf-8", "replace").decode()  # half an emoji is no text
    text = unicodedata.normalize("NFKC", text).lower()
    text = _EMAIL.sub("emailaddress", text)
    text = _REFERENCE.sub("referencenumber", text)
    text = _REPEATED.sub(r"\1\1", text)
    return _SPACE.sub(" ", text).strip()
