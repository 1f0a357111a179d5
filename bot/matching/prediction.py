"""The matcher's reading of a text as a prediction that can be compared with a label."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.evaluation import Prediction
from bot.core.intents import BOT_CHALLENGE, DIALOGUE_MOVES, OUT_OF_SCOPE, SMALL_TALK
from bot.core.ranking import Band, Ranking
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions

SHOWN = 10
_ASIDE = SMALL_TALK - {BOT_CHALLENGE}


def predict_message(text: str, matcher: Matcher) -> Prediction:
    """A customer's message, split into its questions; moves within a conversation are no answer."""
    return _prediction([question.without(DIALOGUE_MOVES) for question in read_questions(text, matcher)])


def predict_plain(texts: Sequence[str], matcher: Matcher) -> list[Prediction]:
    """Texts of any labelled set, each one question."""
    return [_prediction([ranking]) for ranking in matcher.rank(texts)]


def _prediction(questions: Sequence[Ranking]) -> Prediction:
    answered = [question for question in questions if question.band is Band.ANSWER]
    answered = [question for question in answered if question.best.label not in _ASIDE] or answered
    best = max(questions, key=lambda question: question.best.score)
    if answered:
        surest_first = sorted(answered, key=lambda question: -question.best.score)
        labels = tuple(dict.fromkeys(question.best.label for question in surest_first))
        if any(question.is_strange for question in questions):
            labels += (OUT_OF_SCOPE,)
        return Prediction(labels, Band.ANSWER, _merged(answered))
    labels = (best.best.label,) if best.band is Band.SUGGEST else (OUT_OF_SCOPE,)
    return Prediction(labels, best.band, _merged([best]))


def _merged(questions: Sequence[Ranking]) -> tuple[tuple[str, float], ...]:
    """The candidates of all questions, each label with its best score, the questions' own first choices in front."""
    surest_first = sorted(questions, key=lambda question: -question.best.score)
    scores: dict[str, float] = {question.best.label: question.best.score for question in surest_first}
    others = sorted(
        (candidate for question in questions for candidate in question.candidates[1:]), key=lambda other: -other.score
    )
    for candidate in others:
        scores.setdefault(candidate.label, candidate.score)
    return tuple(list(scores.items())[:SHOWN])
