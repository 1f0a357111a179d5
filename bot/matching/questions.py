"""The questions of one message, each with its ranking: clauses apart and the whole weighed against each other."""

from __future__ import annotations

from bot.core.intents import DIALOGUE_MOVES, SMALL_TALK
from bot.core.ranking import Band, Ranking
from bot.matching.clauses import clean_message, split_questions
from bot.matching.matcher import Matcher

FOLLOW_UP_WORDS = 14
"""A longer message stands for itself, without the topic before it."""
_ASIDE = SMALL_TALK | DIALOGUE_MOVES


def read_questions(text: str, matcher: Matcher, topic: str | None = None) -> list[Ranking]:
    """One ranking for each question asked; never empty.

    ``topic`` is the last question answered in this conversation: a short message that says nothing by itself is read
    as going on from there.
    """
    cleaned = clean_message(text) or "…"
    clauses = split_questions(cleaned) or [cleaned]
    if len(clauses) == 1:
        whole, apart = matcher.rank(clauses)[0], []
    else:
        whole, *apart = matcher.rank([" ".join(clauses), *clauses])
    questions = _chosen(whole, apart)
    if topic and not _is_answered(questions) and len(cleaned.split()) <= FOLLOW_UP_WORDS:
        follow_up = matcher.rank([f"{topic} {cleaned}"])[0]
        topic_itself = matcher.rank([topic])[0].best.label
        if follow_up.band is Band.ANSWER and follow_up.best.label != topic_itself:
            return [follow_up]
    return questions


def _chosen(whole: Ranking, apart: list[Ranking]) -> list[Ranking]:
    """Several clauses that are each answered differently are several questions; else the surer reading counts."""
    answered = {}
    for clause in apart:
        if clause.band is Band.ANSWER and clause.best.label not in _ASIDE:
            known = answered.get(clause.best.label)
            if known is None or clause.best.score > known.best.score:
                answered[clause.best.label] = clause
    if len(answered) > 1:
        return list(answered.values())
    single = next(iter(answered.values()), None)
    if single is None or (whole.band is Band.ANSWER and whole.best.score >= single.best.score):
        return [whole]
    return [single]


def _is_answered(questions: list[Ranking]) -> bool:
    return any(question.band is Band.ANSWER for question in questions)
