"""Answer customers in another help desk: outright where the page answers all they ask, else by handing over with a note."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.contact_form import CLICK_HERE
from bot.core.ranking import Band
from bot.services.help_desk_ports import HelpDesk, HelpDeskMessage, NotAdmitted, TakenMessages, Unconfirmed
from bot.services.ports import Clock, DeskError, InvalidInput, Unavailable
from bot.services.suggest_answers import (
    AssistDesk,
    QuestionWithAnswers,
    SuggestedAnswers,
    Suggestion,
    answered_outright,
    suggest_answers,
)

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between two tries to reach the other help desk."""
REMEMBERED = timedelta(days=30)
INTERRUPTED_AFTER = timedelta(minutes=5)
"""Whoever took a message longer ago than all tries last, and has not settled it, is gone or could not."""
LOOK_EVERY = timedelta(minutes=2)
"""So often it is looked for such messages."""
WORTH_HANDING_OVER = timedelta(days=1)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class HelpDeskBot:
    """What answering works with; ``clock`` is the real time, whatever day the desk acts on."""

    help_desk: HelpDesk
    taken: TakenMessages
    assist: AssistDesk
    clock: Clock
    secret: str
    """What the other help desk proves by that a message comes from it."""
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


async def answer_message(message: HelpDeskMessage, bot: HelpDeskBot) -> None:
    """Answer a message that was taken, or hand its conversation over; whatever fails is logged, without what was said."""
    try:
        suggested = await suggest_answers(message.text, bot.assist)
        answers = _outright(suggested)
        if answers and await _is_said(message, _reply(answers, suggested, bot.assist), bot):
            await asyncio.to_thread(bot.taken.settle, message, bot.clock.now())
            return
        await _persistently(lambda: bot.help_desk.hand_over(message), bot)
        await _settle_with_note(message, _note(suggested, bot.assist), bot)
    except DeskError as error:
        logger.error("a message of the help desk could not be answered: %s", error)


async def keep_handing_over(bot: HelpDeskBot) -> None:
    """Hand over what was left, again and again, until cancelled."""
    while True:
        await hand_over_what_was_left(bot)
        await bot.pause(LOOK_EVERY.total_seconds())


async def hand_over_what_was_left(bot: HelpDeskBot) -> None:
    """Hand over the conversations of messages that were taken and never settled, and forget old ones."""
    now = bot.clock.now()
    try:
        await asyncio.to_thread(bot.taken.forget, now - REMEMBERED)
        left = await asyncio.to_thread(bot.taken.unsettled, now - WORTH_HANDING_OVER, now - INTERRUPTED_AFTER)
        for message in left:
            await _hand_over_left(message, bot)
    except Unavailable as error:
        logger.error("what was left of the help desk's messages could not be looked for: %s", error)


async def _hand_over_left(message: HelpDeskMessage, bot: HelpDeskBot) -> None:
    """One try, beside all others; the next look is the next try, unless this one is refused for good."""
    try:
        await bot.help_desk.hand_over(message)
        await _settle_with_note(message, bot.assist.wording.say("help_desk_interrupted"), bot)
    except DeskError as error:
        logger.error("a message of the help desk that was left could not be handed over: %s", error)
        if isinstance(error, InvalidInput) and not isinstance(error, NotAdmitted):
            await asyncio.to_thread(bot.taken.settle, message, bot.clock.now())


async def _is_said(message: HelpDeskMessage, reply: str, bot: HelpDeskBot) -> bool:
    """False if the customer may wait in vain: the reply was refused, or nobody knows whether it arrived."""
    try:
        await _persistently(lambda: bot.help_desk.say(message, reply), bot)
    except (InvalidInput, Unconfirmed) as error:
        logger.error("an answer in the help desk may not have arrived: %s", error)
        return False
    return True


async def _settle_with_note(message: HelpDeskMessage, note: str, bot: HelpDeskBot) -> None:
    """Once the conversation is open: a note that cannot be left does not keep the customer from a person.

    However many gateways hand it over, one of them leaves the note.
    """
    if await asyncio.to_thread(bot.taken.settle, message, bot.clock.now()):
        await _persistently(lambda: bot.help_desk.note(message, note), bot)


def _outright(suggested: SuggestedAnswers) -> Sequence[Suggestion]:
    """The answers to all that is asked; none if one only sends the customer to where they are already."""
    answers = () if suggested.by_words_alone else answered_outright(suggested)
    return () if any(CLICK_HERE in answer.answer for answer in answers) else answers


async def _persistently(act: Callable[[], Awaitable[None]], bot: HelpDeskBot) -> None:
    for seconds in PAUSES:
        try:
            return await act()
        except Unavailable:
            await bot.pause(seconds)
    return await act()


def _reply(answers: Iterable[Suggestion], suggested: SuggestedAnswers, assist: AssistDesk) -> str:
    """The answers as the chat would give them, one after the other."""
    chosen = list({answer.faq_id: answer for answer in answers}.values())
    foreign = f"answer_in_english_{suggested.language}"
    before = [assist.wording.say(foreign)] if any(answer.is_foreign for answer in chosen) else []
    notes = dict.fromkeys(note for answer in chosen for note in answer.notes)
    return "\n\n".join([*before, *(answer.answer for answer in chosen), *notes])


def _note(suggested: SuggestedAnswers, assist: AssistDesk) -> str:
    """Why the conversation is handed over, with what may answer it."""
    wording = assist.wording
    if not suggested.questions:
        return wording.say("help_desk_nothing_asked")
    why = "help_desk_by_words" if suggested.by_words_alone else "help_desk_handed_over"
    return "\n\n".join([wording.say(why), *(_told(question, assist) for question in suggested.questions)])


def _told(question: QuestionWithAnswers, assist: AssistDesk) -> str:
    lines = [f"“{' '.join(question.text.split())}”"]
    if question.advice:
        lines.append(question.advice)
    key = "help_desk_answer" if question.band is Band.ANSWER else "help_desk_suggestion"
    shown = question.candidates[:1] if question.band is Band.ANSWER else question.candidates
    lines += [
        assist.wording.say(key, question=candidate.question, answer=candidate.answer, score=f"{candidate.score:.2f}")
        for candidate in shown
    ]
    return "\n".join(lines)
