"""Compose an agent's reply: greeting, the approved answers word for word, what has to be said beside them, sign-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.agents import Agent
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.suggest_answers import Suggestion


@dataclass(frozen=True)
class ReplyFrame:
    """What stands around the answers."""

    greeting: str
    sign_off: str
    in_english: str = ""
    """Tells, in the customer's language, that an answer is in English; there is none to who writes English."""


def reply_frame(agent: Agent, language: str, promotion: Promotion, wording: Wording) -> ReplyFrame:
    """Greeting and sign-off of this agent, in the customer's language where the desk has the words."""
    notice = f"answer_in_english_{language}"
    return ReplyFrame(
        greeting=wording.say(_key("desk_greeting", language, wording)),
        sign_off=wording.say(_key("desk_sign_off", language, wording), agent=agent.name, promotion=promotion.name),
        in_english=wording.say(notice) if notice in wording else "",
    )


def compose_reply(answers: Iterable[Suggestion], frame: ReplyFrame) -> str:
    """The whole reply as plain text; a note that belongs to several answers comes once, after the last of them."""
    chosen = list(answers)
    before = [frame.in_english] if any(answer.is_foreign for answer in chosen) else []
    notes = dict.fromkeys(note for answer in chosen for note in answer.notes)
    parts = [frame.greeting, *before, *(answer.answer for answer in chosen), *notes, frame.sign_off]
    return "\n\n".join(part for part in parts if part)


def _key(key: str, language: str, wording: Wording) -> str:
    return f"{key}_{language}" if f"{key}_{language}" in wording else key
