"""What a parsed text asks for, as a search: the labels that fit it, whatever a conversation would do with them."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Dict, List

from bot.core.ranking import Band
from bot.inside_rasa.understanding import RANKINGS

WORTH_SHOWING = 0.03
"""Labels less likely than this are only there because something has to come next."""


def labels_found(parsed: Dict[str, Any]) -> List[str]:
    """Best first: of each of its questions in turn; none of those that have no answer."""
    questions = [question for question in parsed.get(RANKINGS, ()) if question["band"] != Band.NONE.value]
    ranked = zip_longest(*map(_likely, questions))
    return list(dict.fromkeys(label for place in ranked for label in place if label))


def _likely(question: Dict[str, Any]) -> List[str]:
    return [candidate["label"] for candidate in question["candidates"] if candidate["score"] >= WORTH_SHOWING]
