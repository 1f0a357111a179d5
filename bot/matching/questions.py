"""The questions of one message, each with its ranking: clauses apart and the whole weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.intents import BOT_CHALLENGE, DIALOGUE_MOVES, SMALL_TALK
from bot.core.ranking import Band, Ranking
from bot.matching.clauses import clean_message, split_questions
from bot.matching.matcher import Matcher
from bot.matching.splits import possible_splits

FOLLOW_UP_WORDS = 14
"""A longer message stands for itself, without the topic before it."""
SUPPORTING_PLACES = 3
"""A label among the first of the whole message supports the same label in one of its clauses."""
SUPPORTED_SCORE = 0.35
STATEMENT_SCORE = 0.8
"""What a clause that asks nothing has to score, if the whole message does not support it."""
_ASIDE = (SMALL_TALK - {BOT_CHALLENGE}) | DIALOGUE_MOVES
_ASKING = re.compile(
    r"\?|^(?:and |so |but |also )?(?:what|how|when|where|who|which|why|can|could|do|does|is|are|will|may|should|must|did"
    r"|hvad|hvordan|hvornår|hvor|vad|hur|när|var|hva|når|kan|får|må|er|är)\b",
    re.IGNORECASE,
)


def read_questions(text: str, matcher: Matcher, topic: str | None = None) -> list[Ranking]:
    """One ranking for each question asked, asides such as thanks among them; never empty.

    ``topic`` is the last question answered in this conversation: a short message that says nothing by itself is read
    as going on from there.
    """
    cleaned = clean_message(text) or "…"
    clauses = split_questions(cleaned) or [cleaned]
    whole, *apart = matcher.rank([" ".join(clauses), *clauses])
    questions = _chosen(whole, apart)
    if len(_subjects(questions)) <= 1:
        questions = _split_in_two(whole, matcher) or questions
    if topic and not _is_answered(questions) and len(cleaned.split()) <= FOLLOW_UP_WORDS:
        return _going_on(topic, cleaned, matcher) or questions
    return questions


def _chosen(whole: Ranking, apart: list[Ranking]) -> list[Ranking]:
    """Several clauses that are each answered differently are several questions; else the surer reading counts."""
    answered = _one_for_each_label(clause for clause in apart if _counts(clause, whole))
    subjects = _subjects(answered)
    if len(subjects) > 1:
        return answered
    asides = [clause for clause in answered if clause.best.label in _ASIDE]
    if not subjects:
        return answered if len(asides) > 1 or (asides and whole.band is not Band.ANSWER) else [whole]
    surer = whole.band is Band.ANSWER and whole.best.score >= subjects[0].best.score
    return [whole if surer else subjects[0], *asides]


def _counts(clause: Ranking, whole: Ranking) -> bool:
    """Whether a clause is a question of its own."""
    supported = clause.best.label in {candidate.label for candidate in whole.candidates[:SUPPORTING_PLACES]}
    if clause.best.label in _ASIDE:
        return clause.band is Band.ANSWER
    if clause.band is Band.ANSWER:
        return supported or bool(_ASKING.search(clause.text)) or clause.best.score >= STATEMENT_SCORE
    return supported and clause.best.score >= SUPPORTED_SCORE and clause.best.score > clause.stranger_score * 0.5


def _split_in_two(whole: Ranking, matcher: Matcher) -> list[Ranking] | None:
    """The best place to split, if both halves ask what the whole message is most about, and not the same."""
    splits = possible_splits(whole.text)
    if not splits:
        return None
    halves = matcher.rank([half for split in splits for half in split])
    leading = {candidate.label for candidate in whole.candidates[:SUPPORTING_PLACES]} - _ASIDE
    good = [
        (first, second)
        for first, second in zip(halves[::2], halves[1::2])
        if first.best.label != second.best.label and {first.best.label, second.best.label} <= leading
    ]
    if not good:
        return None
    best = max(good, key=lambda pair: min(pair[0].best.score, pair[1].best.score))
    is_sure = min(best[0].best.score, best[1].best.score) >= matcher.calibration.answer
    return [half.answered() for half in best] if is_sure else None


def _going_on(topic: str, cleaned: str, matcher: Matcher) -> list[Ranking] | None:
    """The message read as going on from the topic, if that asks something else than the topic itself."""
    before, follow_up = matcher.rank([topic, f"{topic} {cleaned}"])
    if follow_up.band is Band.ANSWER and follow_up.best.label != before.best.label:
        return [follow_up]
    return None


def _one_for_each_label(clauses: Iterable[Ranking]) -> list[Ranking]:
    surest: dict[str, Ranking] = {}
    for clause in clauses:
        known = surest.get(clause.best.label)
        if known is None or clause.best.score > known.best.score:
            surest[clause.best.label] = clause
    return [clause.answered() for clause in surest.values()]


def _subjects(questions: Iterable[Ranking]) -> list[Ranking]:
    return [question for question in questions if question.best.label not in _ASIDE]


def _is_answered(questions: Iterable[Ranking]) -> bool:
    return any(question.band is Band.ANSWER for question in questions)
