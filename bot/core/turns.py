"""One turn of the customer: what the message means, by what it asks, what it gives, and what was talked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core import intents
from bot.core.phrasing import corrects, is_follow_up, is_question
from bot.core.ranking import Band, Ranking
from bot.core.turn_context import CLAIM, PURCHASE, Context, Given

SUGGESTIONS = 3
SUGGESTED_SCORE = 0.06
"""What scores lower is no help as a suggestion."""
LIKELY_SCORE = 0.15
ANGRY_SCORE = 0.4
FAREWELL_SCORE = FAINT_SCORE = 0.05
ONE_WORD_SCORE = 0.95
HAND_OFF_SCORE = 0.45
"""Offering the form once too often costs less than not offering it."""
CHECK_SCORE = 0.5
"""Beginning to check a purchase costs no more than a suggestion to check it: both ask."""
LEADING = 2
SHORT_WORDS = 8
"""A message up to this length, given when something was asked, is taken as the answer to it."""

_YES_OR_NO = frozenset({intents.AFFIRM, intents.DENY})
_OF_PURCHASES = (intents.PRODUCT_ELIGIBILITY, intents.GIVE_PURCHASE_DETAILS)


@dataclass(frozen=True)
class Turn:
    """The intent for Rasa's rules, with the entries to answer and to suggest, and the language the customer writes.

    Suggestions beside answers are for what else the message asks.
    """

    intent: str
    confidence: float
    answers: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    band: Band = Band.ANSWER
    language: str = "en"
    leaves_open: bool = False
    """Beside what is answered, the message asks something that has no answer."""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values for Rasa's tracker; ``from_dict`` is its inverse."""
        return {
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "answers": list(self.answers),
            "suggestions": list(self.suggestions),
            "band": self.band.value,
            "language": self.language,
            "leaves_open": self.leaves_open,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Turn:
        return cls(
            intent=data["intent"],
            confidence=data["confidence"],
            answers=tuple(data["answers"]),
            suggestions=tuple(data["suggestions"]),
            band=Band(data["band"]),
            language=data.get("language", "en"),  # conversations kept from before it was read have none
            leaves_open=data.get("leaves_open", False),
        )


def take_turn(text: str, questions: Sequence[Ranking], given: Given, context: Context) -> Turn:
    """What a message means here: its questions, its details and the conversation weighed against each other."""
    questions = _unsure_of_one_word(text, questions)
    answered = [question for question in questions if question.band is Band.ANSWER]
    labels = [_label_here(question, context) for question in answered]
    answers = tuple(dict.fromkeys(label for label in labels if intents.is_faq(label)))
    confidence = max((question.best.score for question in answered), default=questions[0].best.score)
    intent = _intent(text, labels, answers, given, context) or _leaning(questions, given, context)
    if intent is None:
        return _uncertain(questions, context)
    if intent == intents.ANOTHER_CLAIM and "?" not in text and _sounds_like_a_farewell(questions):
        intent = intents.GOODBYE  # "that's all, leave the other claim alone"
    if intent == intents.GOODBYE or (intent in _OF_PURCHASES and len(answered) == 1):
        answers = ()
    if intent in _OF_PURCHASES:
        asked = {question.best.label for question in answered if is_question(question.text)}
        answers = tuple(label for label in answers if label in asked)
    is_heard_beside = answers or intent in intents.DROPPING or intent in intents.TASKS.intersection(labels)
    if not is_heard_beside:
        return Turn(intent, confidence)
    unsure = [question for question in questions if question.band is Band.SUGGEST]
    offered = tuple(label for label in _near(unsure) if label not in answers and label != intent)[:SUGGESTIONS]
    leaves_open = any(question.is_strange for question in questions)
    return Turn(intent, confidence, answers, offered, leaves_open=leaves_open)


def _intent(text: str, labels: Sequence[str], answers: Sequence[str], given: Given, context: Context) -> str | None:
    """The first meaning that applies; None where nothing is clear enough."""
    if intents.GOODBYE in labels and "?" not in text and not given.claim:
        return intents.GOODBYE
    about_claim = [label for wanted in (intents.HAND_OFFS, intents.CLAIM_TASKS) for label in _among(labels, wanted)]
    if about_claim:
        return about_claim[0]
    if given.claim:
        return intents.GIVE_CLAIM_DETAILS
    if _continues_purchase(text, answers, given, context):
        return intents.GIVE_PURCHASE_DETAILS
    if intents.PRODUCT_ELIGIBILITY in labels or (given.describes_purchase and is_question(text)):
        return intents.PRODUCT_ELIGIBILITY
    if _YES_OR_NO.intersection(labels) and _asks_verdict_again(text, context):
        return intents.PRODUCT_ELIGIBILITY
    dropped = _among(labels, intents.DROPPING)
    if dropped and context.open_task:
        return dropped[0]
    moves = [label for label in _among(labels, intents.DIALOGUE_MOVES) if _makes_sense(label, context)]
    small_talk = _among(labels, intents.SMALL_TALK)
    return next(iter([intents.FAQ] * bool(answers) + moves + small_talk[::-1]), None)


def _among(labels: Sequence[str], wanted: frozenset[str]) -> list[str]:
    """Those of the labels that are wanted; a payment before a state, because its reply tells both."""
    return sorted((label for label in labels if label in wanted), key=lambda label: label == intents.CLAIM_STATUS)


def _leaning(questions: Sequence[Ranking], given: Given, context: Context) -> str | None:
    """Not clear by itself, but clear enough by what the conversation is about."""
    leading = [candidate for question in questions for candidate in question.candidates[:LEADING]]
    likely = {candidate.label for candidate in leading if candidate.score >= LIKELY_SCORE}
    best = max(questions, key=lambda question: question.best.score).best
    if any(candidate.label == intents.COMPLAIN and candidate.score >= ANGRY_SCORE for candidate in leading):
        return intents.COMPLAIN
    if best.label in intents.HAND_OFFS and best.score >= HAND_OFF_SCORE:
        return best.label
    if best.label in _YES_OR_NO and _asks_verdict_again(questions[0].text, context):
        return intents.PRODUCT_ELIGIBILITY
    if context.has_claim and intents.ANOTHER_CLAIM in likely:
        return intents.ANOTHER_CLAIM
    if best.label == intents.PRODUCT_ELIGIBILITY and (context.has_purchase or best.score >= CHECK_SCORE):
        return intents.PRODUCT_ELIGIBILITY
    if context.open_task == CLAIM and best.label in intents.CLAIM_TASKS:
        return best.label
    return intents.PRODUCT_ELIGIBILITY if given.product and best.label not in intents.CLAIM_TASKS else None


def _label_here(question: Ranking, context: Context) -> str:
    """ "No, that's not an answer" says no to nothing that was asked: it may mean the answer before it."""
    may_mean_the_answer = question.score_of(intents.DID_NOT_HELP) >= FAINT_SCORE
    if question.best.label == intents.DENY and may_mean_the_answer and not _makes_sense(intents.DENY, context):
        return intents.DID_NOT_HELP
    return question.best.label


def _unsure_of_one_word(text: str, questions: Sequence[Ranking]) -> Sequence[Ranking]:
    """ "invoice" may mean several entries, however sure the matcher is of one; "invoice?" asks as little, but asks."""
    if "?" in text or len(text.split()) > 1 or len(questions) > 1:
        return questions
    best = questions[0].best
    if intents.is_faq(best.label) and best.score < ONE_WORD_SCORE:
        return [replace(questions[0], band=Band.SUGGEST)]
    return questions


def _sounds_like_a_farewell(questions: Sequence[Ranking]) -> bool:
    leading = (candidate for question in questions for candidate in question.candidates[:SUGGESTIONS])
    return any(candidate.label == intents.GOODBYE and candidate.score >= FAREWELL_SCORE for candidate in leading)


def _asks_verdict_again(text: str, context: Context) -> bool:
    """ "Why not?" and "yes or no?" after a verdict."""
    return context.has_purchase and context.open_task is None and is_question(text)


def _continues_purchase(text: str, answers: Sequence[str], given: Given, context: Context) -> bool:
    """Whether the details belong to the purchase that was talked about, and are more than words of another question."""
    is_short = not is_question(text) and len(text.split()) <= SHORT_WORDS
    if context.open_task == PURCHASE and (given.purchase or given.purchase_aside):
        return not answers or is_short or is_follow_up(text)
    if context.open_task == PURCHASE and given.purchase_kind:
        return not answers
    if context.has_purchase and given.purchase:
        return not answers or is_follow_up(text) or corrects(text)
    takes_back = (given.purchase_aside or given.purchase_kind) and corrects(text)
    return context.has_purchase and takes_back and (not answers or is_short)


def _makes_sense(move: str, context: Context) -> bool:
    """Yes, no and details mean nothing where nothing was asked or offered."""
    if move in (intents.AFFIRM, intents.DENY):
        return context.offered or context.open_task is not None
    if move == intents.ANOTHER_CLAIM:
        return context.has_claim
    return move not in (intents.GIVE_CLAIM_DETAILS, intents.GIVE_PURCHASE_DETAILS)


def _uncertain(questions: Sequence[Ranking], context: Context) -> Turn:
    """Nothing clear: what comes nearest to being suggested, or nothing."""
    labels = _near([question for question in questions if question.band is Band.SUGGEST])
    best = max(question.best.score for question in questions)
    if labels:
        return Turn(intents.NOT_UNDERSTOOD, best, suggestions=labels[:SUGGESTIONS], band=Band.SUGGEST)
    stranger = max(questions, key=lambda question: question.stranger_score)
    # What was asked for may look strange too ("the one from the shop"), unless it is put as a question.
    is_turned_away = stranger.stranger_score > 0.5 and (context.open_task is None or is_question(stranger.text))
    intent = intents.OUT_OF_SCOPE if is_turned_away else intents.NOT_UNDERSTOOD
    return Turn(intent, max(best, stranger.stranger_score), band=Band.NONE)


def _near(unsure: Sequence[Ranking]) -> tuple[str, ...]:
    """What may be meant, the likeliest first; nothing by a mark alone."""
    likely = [
        candidate
        for question in unsure
        if any(letter.isalnum() for letter in question.text)
        for candidate in question.candidates
        if candidate.score >= SUGGESTED_SCORE and candidate.label not in intents.DIALOGUE_MOVES | intents.SMALL_TALK
    ]
    return tuple(dict.fromkeys(candidate.label for candidate in sorted(likely, key=lambda one: -one.score)))
