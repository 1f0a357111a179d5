"""Tells in which language a customer writes: English, Danish, Norwegian or Swedish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import log

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from bot.matching.nordic_words import ENGLISH, NORDIC, TELLING

ENGLISH_CODE = "en"
_CODES = {Language.DANISH: "da", Language.BOKMAL: "nb", Language.SWEDISH: "sv"}
_FEW_WORDS = 3
"""Up to so many, a message may be Nordic by its letters alone; in a longer one they may be a name's, or German."""
_TELLING = 3.0
"""What a telling word or letter weighs, beside the logarithm of the detector's confidence."""
_LEAST_CONFIDENCE = 1e-6
_MASKED = re.compile(r"‹[^›]*›")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile("[æøåäö]")
_TELLING_LETTERS = {"da": re.compile("[æø]"), "nb": re.compile("[æø]"), "sv": re.compile("[äö]")}


def language_of(text: str) -> str:
    """``da``, ``nb``, ``sv``, or ``en`` for English and everything that is not clearly Nordic."""
    words = _WORD.findall(_MASKED.sub(" ", text))
    if not _is_nordic(words):
        return ENGLISH_CODE
    return _nearest([word.lower() for word in words])


def _is_nordic(words: Sequence[str]) -> bool:
    """Whether more words are Nordic than English. A detector alone takes misspelt English for anything."""
    known = sum(word.lower() in NORDIC for word in words)
    if not known and len(words) > _FEW_WORDS:
        return False
    english = sum(word.lower() in ENGLISH for word in words)
    return known + sum(map(_has_nordic_letter, words)) > english


def _has_nordic_letter(word: str) -> bool:
    """In a word not counted already. With a capital it may be a name or a place, which English messages hold too."""
    return word.islower() and word not in NORDIC and bool(_LETTER.search(word))


def _nearest(words: Sequence[str]) -> str:
    """The detector's opinion, and the words and letters that one or two of the languages do not have."""
    opinions = _detector().compute_language_confidence_values(" ".join(words))
    scores = {_CODES[one.language]: log(max(one.value, _LEAST_CONFIDENCE)) for one in opinions}
    for code in scores:
        scores[code] += _TELLING * sum(word in TELLING[code] for word in words)
        scores[code] += _TELLING * sum(bool(_TELLING_LETTERS[code].search(word)) for word in words)
    return max(scores, key=scores.__getitem__)


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    """Made when the first Nordic message comes. Its accurate mode takes ten times the memory and is hardly better here."""
    return LanguageDetectorBuilder.from_languages(*_CODES).with_low_accuracy_mode().build()
