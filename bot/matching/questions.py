"""The questions of one message, each with its ranking: clauses apart and the whole weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.intents import BOT_CHALLENGE, COMPLAIN, DIALOGUE_MOVES, SMALL_TALK
from bot.core.ranking import Band, Ranking
from bot.matching.clauses import clean_message, split_questions
from bot.matching.matcher import Matcher
from bot.matching.splits import possible_splits

FOLLOW_UP_WORDS = 14
"""A longer message stands for itself, without the topic before it."""
SUPPORTING_PLACES = 3
"""A label among the first of the whole message supports the same label in one of its clauses."""
LEADING_SCORE = 0.01
"""What scores lower in the whole message stands among the first only because nothing else does."""
FOLLOW_UP_SHARE = 0.8
FOLLOW_UP_SCORE = 0.1
"""What the label of a follow-up has to score in both readings."""
SHORT_WORDS = 15
HINTED_SCORE = 0.35
HINTED_STATEMENT_SCORE = 0.5
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
    whole, *apart = matcher.rank([_whole(cleaned, clauses), *clauses])
    questions = _chosen(whole, apart)
    if len(_subjects(questions)) <= 1:
        questions = _split_in_two(whole, matcher) or questions
    if topic and not _is_answered(questions) and len(cleaned.split()) <= FOLLOW_UP_WORDS:
        return _going_on(topic, cleaned, matcher) or questions
    return questions


def _whole(cleaned: str, clauses: list[str]) -> str:
    """A short message as it stands, with its thanks and byes; of a long one only what it asks and says."""
    return cleaned if len(cleaned.split()) <= SHORT_WORDS else " ".join(clauses)


def _chosen(whole: Ranking, apart: list[Ranking]) -> list[Ranking]:
    """Several clauses that are each answered differently are several questions; else the surer reading counts."""
    clear = _one_for_each_label(clause for clause in apart if _is_clear(clause, whole))
    subjects = _subjects(clear)
    if subjects:
        hinted = _one_for_each_label([*clear, *(clause for clause in apart if _is_hinted(clause, whole))])
        if len(_subjects(hinted)) > 1:
            return hinted
    asides = [clause for clause in clear if clause.best.label in _ASIDE]
    if not subjects:
        return asides if asides and whole.band is not Band.ANSWER else [whole]
    surer = whole.band is Band.ANSWER and whole.best.score >= subjects[0].best.score
    return [whole if surer else subjects[0], *asides]


def _is_clear(clause: Ranking, whole: Ranking) -> bool:
    """Whether a clause by itself is a question of its own, or an aside."""
    if clause.band is not Band.ANSWER:
        return False
    if clause.best.label in _ASIDE or _ASKING.search(clause.text):
        return True
    return clause.best.score >= STATEMENT_SCORE or clause.best.label == whole.best.label


def _is_hinted(clause: Ranking, whole: Ranking) -> bool:
    """Whether a clause asks something that is not clear by itself, but that the whole message is about as well."""
    supported = clause.best.label in _leading(whole)
    sure_enough = HINTED_SCORE if _ASKING.search(clause.text) else HINTED_STATEMENT_SCORE
    return (
        supported and clause.best.label not in _ASIDE and clause.best.score >= max(sure_enough, clause.stranger_score)
    )


def _leading(whole: Ranking) -> set[str]:
    """What the whole message is about, as far as it can be told."""
    first_places = whole.candidates[:SUPPORTING_PLACES]
    return {candidate.label for candidate in first_places if candidate.score >= LEADING_SCORE}


def _split_in_two(whole: Ranking, matcher: Matcher) -> list[Ranking] | None:
    """The best place to split, if both halves ask what the whole message is most about, and not the same.

    Where nothing is clear but half of the message is anger, that half counts.
    """
    splits = possible_splits(whole.text)
    if not splits:
        return None
    halves = matcher.rank([half for split in splits for half in split])
    leading = _leading(whole) - _ASIDE
    good = [
        (first, second)
        for first, second in zip(halves[::2], halves[1::2])
        if first.best.label != second.best.label and {first.best.label, second.best.label} <= leading
    ]
    best = max(good, key=lambda pair: min(pair[0].best.score, pair[1].best.score), default=None)
    if best and min(best[0].best.score, best[1].best.score) >= matcher.calibration.answer:
        return [half.answered() for half in best]
    angry = [half for half in halves if half.band is Band.ANSWER and half.best.label == COMPLAIN]
    return angry[:1] if angry and whole.band is not Band.ANSWER else None


def _going_on(topic: str, cleaned: str, matcher: Matcher) -> list[Ranking] | None:
    """The message read as going on from the topic: what both it and it with the topic before it speak for."""
    before, alone, together = matcher.rank([topic, cleaned, f"{topic} {cleaned}"])
    if alone.best.label in _ASIDE:
        return None
    if alone.best.label == before.best.label and alone.best.score >= FOLLOW_UP_SCORE:
        return [alone.answered()]
    with_topic = {candidate.label: candidate.score for candidate in together.candidates}
    joint = {
        candidate.label: candidate.score * with_topic[candidate.label]
        for candidate in alone.candidates
        if candidate.label != before.best.label and candidate.label not in _ASIDE
    }
    label = max(joint, key=joint.__getitem__)
    share = joint[label] / max(sum(joint.values()), 1e-12)
    if share < FOLLOW_UP_SHARE or min(alone.score_of(label), with_topic[label]) < FOLLOW_UP_SCORE:
        return None
    return [alone.led_by(label, share)]


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
