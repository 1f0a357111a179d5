"""Why a question was answered, offered for choice or turned away: figures for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.ranking import Band, Ranking

EXPLANATIONS = "questions"
"""Where a message's data carries the decisions on its questions."""
SHOWN = 3
TURNED_AWAY = "turns it away"
"""With these words begins why a question got no answer."""


@dataclass(frozen=True)
class Thresholds:
    """What a model asks for, as it was set at training."""

    answer: float
    """The probability from which the best label is answered."""
    familiar: float
    """How many times as likely as no answer the best label has to be."""


def explain(question: Ranking, thresholds: Thresholds, shown: int = SHOWN) -> dict[str, Any]:
    """The decision on one question as plain JSON values: band, score, margin, thresholds, ``shown`` labels, nearest phrases."""
    return {
        "text": question.text,
        "band": question.band.value,
        "label": question.best.label,
        "score": round(question.best.score, 4),
        "margin": round(question.margin, 4),
        "no_answer_score": round(question.stranger_score, 4),
        "answer_threshold": round(thresholds.answer, 4),
        "familiar_threshold": round(thresholds.familiar, 4),
        "why": why(question, thresholds),
        "candidates": [
            {"label": candidate.label, "score": round(candidate.score, 4), "matched": candidate.matched}
            for candidate in question.candidates[:shown]
        ],
    }


def why(question: Ranking, thresholds: Thresholds) -> str:
    """The decision in a sentence."""
    best, strange = question.best, question.stranger_score
    likely = f"{best.label} with {best.score:.2f}"
    if question.band is Band.ANSWER and best.score < thresholds.answer:
        return f"answers {likely}: below {thresholds.answer:.2f}, but what was said around it speaks for it"
    if question.band is Band.ANSWER:
        return f"answers {likely}, at least {thresholds.answer:.2f}"
    if question.band is Band.SUGGEST and best.score >= thresholds.answer:
        return f"suggests {likely}: sure enough by itself, but no answer is likelier, with {strange:.2f}"
    if question.band is Band.SUGGEST:
        return f"suggests {likely}: too unsure to answer, which takes {thresholds.answer:.2f}"
    return (
        f"{TURNED_AWAY}: no answer with {strange:.2f}, so {likely} is less than "
        f"{thresholds.familiar:.2f} times as likely"
    )


def why_said(faq_id: str | None, message: Mapping[str, Any]) -> str:
    """Why one reply to a message was given: by the decision on the question it answers, or by all of its decisions."""
    explanations: Sequence[Mapping[str, Any]] = message.get(EXPLANATIONS) or ()
    if not explanations:
        return "the customer pressed a button"
    own = [one for one in explanations if faq_id and one.get("label") == faq_id]
    return "; ".join(str(one.get("why", "")) for one in own or explanations)
