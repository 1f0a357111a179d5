"""The answer assistant: a customer's mail goes in, its questions with their approved answers and a reply come out."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.core.lengths import LONGEST_MAIL
from bot.core.plain_text import plain_text
from bot.core.ranking import Band
from bot.services.compose_reply import compose_reply, reply_frame
from bot.services.gateway import Gateway
from bot.services.suggest_answers import SuggestedAnswers, Suggestion, suggest_answers
from bot.web.desk.access import SignedIn, console_of, desk_form, desk_page, signed_in

router = APIRouter()
CHOSEN = "use-"
"""Before the id of an entry: this answer goes into the reply."""
PUT_TOGETHER = "compose"
"""The button that goes by what is ticked, and not by what fits."""


@router.get("/desk/assist")
async def show(request: Request) -> Response:
    """An empty field for a mail."""
    return desk_page(request, await signed_in(request), "desk/assist.html", {"longest": LONGEST_MAIL})


@router.post("/desk/assist")
async def suggest(request: Request) -> Response:
    """The mail's questions with their answers, and a reply of those that fit or were chosen. Nothing of it is kept."""
    who = await signed_in(request)
    typed = await desk_form(request, who)
    mail = plain_text(typed.get("mail", ""))
    if not mail:
        return desk_page(
            request, who, "desk/assist.html", {"longest": LONGEST_MAIL, "problem": "Paste a mail first."}, 422
        )
    suggestions = await suggest_answers(mail, console_of(request).assist)
    chosen = _ticked(typed) if PUT_TOGETHER in typed else {answer.faq_id for answer in sure_answers(suggestions)}
    return _page(request, who, mail, suggestions, chosen)


def _page(
    request: Request, who: SignedIn, mail: str, suggestions: SuggestedAnswers, chosen: Collection[str]
) -> Response:
    gateway: Gateway = request.app.state.gateway
    frame = reply_frame(who.agent, suggestions.language, gateway.promotion, gateway.wording)
    in_order = {one.faq_id: one for question in suggestions.questions for one in question.candidates}
    return desk_page(
        request,
        who,
        "desk/assist.html",
        {
            "longest": LONGEST_MAIL,
            "mail": mail[:LONGEST_MAIL],
            "is_cut": len(mail) > LONGEST_MAIL,
            "suggestions": suggestions,
            "chosen": chosen,
            "frame": frame,
            "reply": compose_reply([answer for id, answer in in_order.items() if id in chosen], frame),
        },
    )


def sure_answers(suggestions: SuggestedAnswers) -> list[Suggestion]:
    """The answers that fit without anybody choosing."""
    return [question.candidates[0] for question in suggestions.questions if question.band is Band.ANSWER]


def _ticked(typed: dict[str, str]) -> set[str]:
    return {name.removeprefix(CHOSEN) for name in typed if name.startswith(CHOSEN)}
