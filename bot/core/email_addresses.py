"""When two spellings of an e-mail address are the same address."""

from __future__ import annotations

import unicodedata


def comparable_email(written: str) -> str:
    """The form in which addresses are compared: compatibility characters, case and blanks around it do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).strip().casefold())
