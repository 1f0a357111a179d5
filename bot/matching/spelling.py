"""Repairs misspelt and run-together words by the words of the promotion's own phrases.

A word is misspelt if a far more frequent one is a letter or two away; common English words stay as they are. A long
unknown word that is made of known ones falls apart ("howmanyclaims"). Phrases are learnt as they were written: their
misspellings are evidence too (`benchmarks/understanding` has both ways). So a short text of nothing but words that the
phrases hold is left alone, but for letters that changed places: "moeny" means money, while "davs" is a greeting and no
misspelling of "days".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

FREQUENT = 4
"""A word that the phrases hold so often can be what a misspelt one means."""
OUTNUMBERS = 30
"""It has to be so many times as frequent as the word it replaces."""
SHORTEST, LONG, LONGEST = 4, 7, 24
SHORT_TEXT = 6
"""A text of so few words, all of them known, means them as they stand."""
MOST_REPAIRS = 12
"""Words repaired in one text: a text of nonsense costs no more."""
JOINED = 12
"""From this length on an unknown word may be several, run together."""
_LETTER_WORDS = frozenset("aiå")
"""Any other letter that stands alone is no part of a run-together word."""
_UNKNOWN_LETTER = 14.0
"""What a letter that belongs to no known word costs, in the logarithm of a word's rarity."""
_MOST_UNKNOWN = 0.15
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Spelling:
    """The words of the phrases with their numbers, and which others are common English."""

    def __init__(self, words: Mapping[str, int], is_common: Callable[[str], bool]) -> None:
        self.words = dict(words)
        self._is_common = is_common
        self._frequent = sorted(word for word, times in words.items() if times >= FREQUENT and len(word) >= SHORTEST)
        self._total = sum(words.values())
        self._meant = lru_cache(maxsize=20_000)(self._look_up)

    @classmethod
    def learn(cls, texts: Iterable[str], is_common: Callable[[str], bool]) -> Spelling:
        """Count the words of normalised phrases."""
        return cls(Counter(word for text in texts for word in _WORD.findall(text)), is_common)

    def repair(self, text: str) -> str:
        """The normalised text with its misspelt words replaced; the rest stays as it is."""
        left = MOST_REPAIRS
        words = _WORD.findall(text)
        is_known = len(words) <= SHORT_TEXT and all(word in self.words for word in words)

        def repaired(match: re.Match[str]) -> str:
            nonlocal left
            if left == 0 or not self._is_doubtful(match[0]):
                return match[0]
            left -= 1
            meant = self._meant(match[0])
            return match[0] if is_known and sorted(meant) != sorted(match[0]) else meant

        return _WORD.sub(repaired, text)

    def _is_doubtful(self, word: str) -> bool:
        return len(word) >= SHORTEST and not self._is_common(word)

    def _look_up(self, word: str) -> str:
        if len(word) > LONGEST:
            return self._apart(word) or word
        near = process.extract(
            word, self._frequent, scorer=OSA.distance, score_cutoff=1 if len(word) < LONG else 2, limit=8
        )
        own = self.words.get(word, 0)
        meant = [
            (distance, -self.words[other], other)
            for other, distance, _ in near
            if other != word and self.words[other] >= OUTNUMBERS * max(own, 0.5 * distance)
        ]
        if meant:
            return min(meant)[2]
        return (self._apart(word) or word) if len(word) >= JOINED and own < FREQUENT else word

    def _is_part(self, part: str) -> bool:
        if len(part) == 1 and part not in _LETTER_WORDS:
            return False
        return self.words.get(part, 0) >= (2 if len(part) > 2 else 20)

    def _apart(self, word: str) -> str | None:
        """The word as known ones, by the least rare way to write it; None if too much of it stays unknown."""
        best: list[tuple[float, int, str, int]] = [(0.0, 0, "", 0)]  # cost, where the last part starts, part, unknown
        for end in range(1, len(word) + 1):
            ways = [(best[end - 1][0] + _UNKNOWN_LETTER, end - 1, word[end - 1 : end], best[end - 1][3] + 1)]
            for start in range(max(0, end - LONGEST), end):
                part = word[start:end]
                if self._is_part(part):
                    ways.append((best[start][0] + log(self._total / self.words[part]), start, part, best[start][3]))
            best.append(min(ways))
        if best[-1][3] > _MOST_UNKNOWN * len(word):
            return None
        parts: list[str] = []
        end = len(word)
        while end:
            _, start, part, _ = best[end]
            parts.append(part)
            end = start
        return " ".join(reversed(parts)) if len(parts) > 1 else None
