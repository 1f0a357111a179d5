"""When two spellings of a company's or a product's name are the same name."""

from __future__ import annotations

import unicodedata

from bot.core.folding import fold

_PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
"""Letters that Unicode does not take apart into a letter and an accent."""


def comparable_name(written: str) -> str:
    """The form in which names are compared, without case, accents and doubled blanks: ``Ærø  Café`` is ``aero cafe``."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", fold(written)).casefold())
    letters = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(letters.translate(_PLAIN_LETTERS).split())
