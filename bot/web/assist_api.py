"""The answer assistant for help desks: approved answers to a question or a whole mail, with an API key."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Extra, Field, StrictInt, StrictStr

from bot.core.api_keys import ApiKey
from bot.core.lengths import LONGEST_MAIL
from bot.core.plain_text import plain_text
from bot.services.manage_api_keys import check_key
from bot.services.suggest_answers import (
    FEWEST,
    MOST,
    USUAL,
    QuestionWithAnswers,
    SuggestedAnswers,
    Suggestion,
    all_candidates,
    suggest_answers,
)
from bot.web.api_models import AssistAnswer
from bot.web.client_address import address_of
from bot.web.described import described
from bot.web.desk.access import console_of
from bot.web.errors import Refused
from bot.web.schemas import read_json

router = APIRouter()
REFUSED = ("no_key", "invalid_question", "mail_too_long", "too_long", "not_json", "too_fast", "unavailable")
_SCHEME = "bearer"


class Asked(BaseModel):
    """A customer's question, or the whole mail as it came: quoted history, greeting and signature are no trouble."""

    question: StrictStr = Field(..., minLength=1, maxLength=LONGEST_MAIL)
    limit: StrictInt = Field(USUAL, minimum=FEWEST, maximum=MOST)

    class Config:
        extra = Extra.forbid


@router.post(
    "/api/assist",
    **described(AssistAnswer, *REFUSED, takes=Asked, needs_key=True),
)
async def assist(request: Request) -> JSONResponse:
    """Approved answers to a question, or to every question of a mail."""
    key = await _key_of(request)
    await request.app.state.limiter.count_key(key.id)
    asked = await read_json(request, Asked, "invalid_question")
    if len(asked.question) > LONGEST_MAIL:
        raise Refused("mail_too_long", field="question")
    text = plain_text(asked.question)
    if not text:
        raise Refused("invalid_question", field="question")
    if not FEWEST <= asked.limit <= MOST:
        raise Refused("invalid_question", field="limit")
    return JSONResponse(on_the_wire(await suggest_answers(text, console_of(request).assist, asked.limit), asked.limit))


async def _key_of(request: Request) -> ApiKey:
    """The key that a request comes with. Raises ``Refused``; who guesses keys is slowed down."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    known = None
    if scheme.lower() == _SCHEME:
        known = await asyncio.to_thread(check_key, console_of(request).keys, key.strip())
    if known is None:
        await request.app.state.limiter.count_address(address_of(request))
        raise Refused("no_key")
    return known


def on_the_wire(suggested: SuggestedAnswers, limit: int) -> dict[str, Any]:
    """The answer of the API: all questions as one, and each by itself."""
    band, candidates = all_candidates(suggested, limit)
    return {
        "band": band.value,
        "candidates": _candidates(candidates),
        "questions": [_question(question) for question in suggested.questions],
        "notes": list(dict.fromkeys(note for candidate in candidates for note in candidate.notes)),
        "language": suggested.language,
        "found_by": "words" if suggested.by_words_alone else "meaning",
    }


def _question(question: QuestionWithAnswers) -> dict[str, Any]:
    return {
        "question": question.text,
        "band": question.band.value,
        "candidates": _candidates(question.candidates),
        "asks_for": question.asks_for,
        "advice": question.advice,
        "why": question.read.why if question.read else "",
    }


def _candidates(candidates: Sequence[Suggestion]) -> list[dict[str, Any]]:
    told = ("faq_id", "question", "answer", "version", "score", "margin", "matched")
    return [{name: getattr(candidate, name) for name in told} for candidate in candidates]
