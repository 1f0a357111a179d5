"""Finding FAQ entries by their words alone, for when nobody is there who understands the question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.core.faq import Faq, FaqEntry

ALIKE = 84
"""From this similarity on (0 to 100) two words count as the same, so that a slip of the finger is forgiven."""
CLOSE_TO_BEST = 0.5
"""Entries with less than this share of the best one's score have only everyday words in common with the text."""
QUESTION_WEIGHT = 2.0
"""A word of the question tells more about an entry than one of its answer."""


def search_faq(faq: Faq, text: str, limit: int = 3) -> list[FaqEntry]:
    """The entries that share most with the text, rare words counting more; none if no telling word is shared."""
    vocabularies = {entry.id: (_words(entry.question), _words(entry.answer)) for entry in faq}
    known_in = Counter(word for question, answer in vocabularies.values() for word in question | answer)
    scores: dict[str, float] = {}
    for asked in _words(text):
        for entry_id, (question, answer) in vocabularies.items():
            scores[entry_id] = scores.get(entry_id, 0.0) + max(
                QUESTION_WEIGHT * _shared(asked, question, known_in, len(faq)),
                _shared(asked, answer, known_in, len(faq)),
            )
    enough = CLOSE_TO_BEST * max(scores.values(), default=0.0)
    found = [entry_id for entry_id, score in scores.items() if score > 0 and score >= enough]
    return [faq[entry_id] for entry_id in sorted(found, key=lambda entry_id: -scores[entry_id])[:limit]]


def _shared(asked: str, words: Iterable[str], known_in: Counter[str], entries: int) -> float:
    """How much it tells that the entry has the asked word: nothing if every entry has it."""
    alike = [word for word in words if fuzz.ratio(asked, word) >= ALIKE]
    return max((math.log(entries / known_in[word]) for word in alike), default=0.0)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{4,}", text.casefold()))
