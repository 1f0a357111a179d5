"""The words an agent writes to a ticket: not empty, not endless, without what no keyboard types."""

from __future__ import annotations

from bot.core.plain_text import plain_text
from bot.services.ports import InvalidInput

LONGEST_WORDS = 5000
"""In characters; a form takes no more than 64 kB, and a sign can take twelve bytes in it."""


class UnusableWords(InvalidInput):
    """An answer or a note is empty or too long; ``key`` is the wording key of the reason."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def written_words(typed: str) -> str:
    """The words as they are kept. Raises ``UnusableWords``."""
    words = plain_text(typed)
    if not words:
        raise UnusableWords("desk_words_missing")
    if len(words) > LONGEST_WORDS:
        raise UnusableWords("desk_words_too_long")
    return words
