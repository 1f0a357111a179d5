"""How a message is put: as a question, as going on from the one before it, as correcting what was said."""

from __future__ import annotations

import re
from collections.abc import Collection

_FOLLOW_UPS = (
    "and",
    "but",
    "so",
    "what if",
    "what about",
    "how about",
    "sorry",
    "no",
    "actually",
    "it was",
    "they were",
    "that was",
    "det var",
    "den var",
    "og",
    "och",
    "men",
    "hvad med",
    "hva med",
    "vad",
)
_CORRECTIONS = (
    "sorry",
    "actually",
    "no",
    "correction",
    "it was",
    "that was",
    "should be",
    "make that",
    "i mean",
    "i meant",
    "i mistyped",
    "undskyld",
    "unnskyld",
    "beklager",
    "förlåt",
    "ursäkta",
    "det var",
    "den var",
    "jeg mente",
    "jeg mener",
    "jag menade",
    "jag menar",
    "rettelse",
    "rättelse",
)
_CLAUSE_ENDS = re.compile(r"[.,;:!?]+\s+|\s[-–—]\s")
_FILLERS = frozenset({"ok", "okay", "well", "hm", "hmm", "alright", "right", "great", "thanks", "oh"})
_QUESTION_WORDS = ("what", "how", "when", "where", "who", "which", "why", "can", "could", "do", "does", "is", "are", "will", "may", "should", "must", "did", "would", "shall", "have", "has")  # fmt: skip
_ASKING = re.compile(rf"\s*(?:{'|'.join(_QUESTION_WORDS)})(?:'?[sd])?(?![\w'])", re.IGNORECASE)


def is_question(text: str) -> bool:
    """Whether a message asks, by its mark or by its first word."""
    return "?" in text or bool(_ASKING.match(text))


def is_follow_up(text: str) -> bool:
    """Whether a message goes on from the one before, and not with a question of its own."""
    return _opens_with(_FOLLOW_UPS, text)


def corrects(text: str) -> bool:
    """Whether a part of a message takes back what was said: "the date is wrong. It was 12 November"."""
    starts = [0, *(end.end() for end in _CLAUSE_ENDS.finditer(text))]
    return any(_opens_with(_CORRECTIONS, text[start:]) for start in starts)


def _opens_with(openings: Collection[str], text: str) -> bool:
    words = [word for word in text.lower().replace(",", " ").split() if word not in _FILLERS]
    supposes = words[1:3] in (["what", "if"], ["what", "about"], ["how", "about"])
    if len(words) > 1 and words[0] in openings and words[1] in _QUESTION_WORDS and not supposes:
        return False
    return not {" ".join(words[:1]), " ".join(words[:2])}.isdisjoint(openings)
