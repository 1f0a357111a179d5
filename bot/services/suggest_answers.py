"""Suggest approved answers to a customer's mail: question by question, each with the figures that speak for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.asked_questions import AskedQuestion
from bot.core.faq import Faq
from bot.core.intents import BOT_CHALLENGE, HAND_OFFS, TASKS
from bot.core.lengths import LONGEST_MAIL
from bot.core.personal_data import mask_personal_data
from bot.core.promotion import Promotion
from bot.core.ranking import Band
from bot.core.replies import ReplyKind
from bot.core.wording import Wording
from bot.services.answer_questions import answer_questions
from bot.services.ports import Bot, Clock, Unavailable
from bot.services.search_faq import search_faq

FEWEST, USUAL, MOST = 1, 3, 10
"""How many answers to a question can be asked for."""
LEAST_SCORE = 0.03
"""An entry less likely than this is only there because something has to come next."""
COMPARED_BY_WORDS = 1_000
"""So many characters are compared word by word; more would take too long."""
NO_ENTRY = TASKS | HAND_OFFS | {BOT_CHALLENGE}
"""What can be asked and has no entry: an agent looks it up, or writes in their own words."""


@dataclass(frozen=True)
class AssistDesk:
    """What answers are suggested with."""

    bot: Bot
    faq: Faq
    promotion: Promotion
    wording: Wording
    clock: Clock


@dataclass(frozen=True)
class Suggestion:
    """An entry with its approved words for today, and how likely it answers."""

    faq_id: str
    question: str
    answer: str
    version: str
    score: float = 0.0
    margin: float = 0.0
    """How far it leads the next label."""
    matched: str = ""
    """The phrase learnt that is nearest to the question."""
    notes: tuple[str, ...] = ()
    """What the chat would say after the answer: the page's contradictions, where the promotion stands today."""
    is_foreign: bool = False
    """The customer writes another language, and the answer has no approved translation into it."""


@dataclass(frozen=True)
class QuestionWithAnswers:
    """One question of a mail and the answers that may fit it, best first."""

    text: str
    band: Band
    """``answer`` if the first answer fits, ``suggest`` if somebody has to choose, ``none`` if no entry answers it."""
    candidates: tuple[Suggestion, ...]
    asks_for: str = ""
    """The label of what it asks for instead of an entry: the customer's own claim, a purchase, a person; else empty."""
    advice: str = ""
    """What to do where no entry answers."""
    read: AskedQuestion | None = None
    """The figures behind it; None where words alone were compared."""


@dataclass(frozen=True)
class SuggestedAnswers:
    """A mail's questions with their answers, in its order."""

    questions: tuple[QuestionWithAnswers, ...]
    language: str = "en"
    by_words_alone: bool = False
    """Nobody was there who understands questions: entries that share words with the mail."""


async def suggest_answers(text: str, desk: AssistDesk, limit: int = USUAL) -> SuggestedAnswers:
    """Up to ``limit`` answers to each question of a mail or message; personal data is hidden before it is read."""
    masked = mask_personal_data(text[:LONGEST_MAIL], desk.promotion.claim_reference)
    try:
        read = await desk.bot.read_mail(masked, shown=limit + 1 + len(NO_ENTRY))
    except Unavailable:
        # Comparing words takes its time, which is not that of everybody else's requests.
        return SuggestedAnswers(await asyncio.to_thread(_by_words, masked, desk, limit), by_words_alone=True)
    questions = tuple(_with_answers(question, read.language, desk, limit) for question in read.questions)
    return SuggestedAnswers(questions, read.language)


def all_candidates(suggested: SuggestedAnswers, limit: int) -> tuple[Band, list[Suggestion]]:
    """All questions as one: the first answer to each in their order, then the others; the band of the surest question."""
    bands = [question.band for question in suggested.questions]
    band = next((band for band in (Band.ANSWER, Band.SUGGEST) if band in bands), Band.NONE)
    questions = sorted(suggested.questions, key=lambda question: question.band is not Band.ANSWER)
    first = [question.candidates[0] for question in questions if question.candidates and question.band is not Band.NONE]
    others = [candidate for question in questions for candidate in question.candidates]
    ranked: dict[str, Suggestion] = {}
    for candidate in [*first, *sorted(others, key=lambda other: -other.score)]:
        ranked.setdefault(candidate.faq_id, candidate)
    return band, list(ranked.values())[:limit]


def _with_answers(question: AskedQuestion, language: str, desk: AssistDesk, limit: int) -> QuestionWithAnswers:
    candidates = tuple(_candidates(question, language, desk))[:limit]
    best = question.best.label
    asks_for = best if best in NO_ENTRY and question.band is not Band.NONE else ""
    band = question.band if candidates and not (asks_for and question.band is Band.ANSWER) else Band.NONE
    if asks_for:
        advice = desk.wording.say(f"assist_{asks_for}")
    else:
        advice = desk.wording.say("assist_no_answer") if band is Band.NONE else ""
    return QuestionWithAnswers(question.text, band, candidates, asks_for, advice, question)


def _candidates(question: AskedQuestion, language: str, desk: AssistDesk) -> Iterable[Suggestion]:
    """The entries among the labels; the margin is counted to whatever label comes next."""
    scores = [candidate.score for candidate in question.candidates]
    for candidate, following in zip(question.candidates, [*scores[1:], 0.0]):
        if candidate.label in desk.faq and candidate.score >= LEAST_SCORE:
            yield suggestion(
                candidate.label,
                desk,
                language,
                score=candidate.score,
                margin=round(candidate.score - following, 4),
                matched=candidate.matched,
            )


def suggestion(
    faq_id: str, desk: AssistDesk, language: str = "en", *, score: float = 0.0, margin: float = 0.0, matched: str = ""
) -> Suggestion:
    """An entry as the chat would answer with it today. Raises ``KeyError`` for an unknown one."""
    entry = desk.faq[faq_id]
    said = answer_questions(
        [faq_id],
        faq=desk.faq,
        promotion=desk.promotion,
        wording=desk.wording,
        today=desk.clock.today(),
        language=language,
    )
    place = next(place for place, reply in enumerate(said) if reply.kind is ReplyKind.ANSWER)
    notes = tuple(reply.text for reply in said[place + 1 :])
    return Suggestion(
        faq_id, entry.question, said[place].text, entry.version, score, margin, matched, notes, is_foreign=place > 0
    )


def _by_words(mail: str, desk: AssistDesk, limit: int) -> tuple[QuestionWithAnswers, ...]:
    own = [line for line in mail.split("\n") if not line.startswith(">")]
    text = "\n".join(own)[:COMPARED_BY_WORDS]
    found = [suggestion(entry.id, desk) for entry in search_faq(desk.faq, text, limit)]
    return (QuestionWithAnswers(text, Band.SUGGEST, tuple(found)),) if found else ()


def answered_outright(suggested: SuggestedAnswers) -> Sequence[Suggestion]:
    """The first answers, if every question has one that fits; nothing if anything is left open."""
    sure = [question.candidates[0] for question in suggested.questions if question.band is Band.ANSWER]
    return sure if len(sure) == len(suggested.questions) else ()
