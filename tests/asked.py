"""Mails as Rasa would have read them."""

from __future__ import annotations

from bot.core.asked_questions import AskedQuestion, ReadMail
from bot.core.ranking import Band, Candidate


def asked(
    text: str, band: Band = Band.ANSWER, *, stranger: float = 0.01, matched: str = "", **scores: float
) -> AskedQuestion:
    """A question with the scores of its labels, best first."""
    candidates = tuple(Candidate(label, score, matched or f"a phrase for {label}") for label, score in scores.items())
    margin = candidates[0].score - (candidates[1].score if len(candidates) > 1 else 0.0)
    return AskedQuestion(text, band, margin, stranger, 0.59, 0.04, f"{band.value}s {candidates[0].label}", candidates)


def mail(*questions: AskedQuestion, language: str = "en") -> ReadMail:
    return ReadMail(language, questions)
