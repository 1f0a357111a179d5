"""What the chat component starts with: its words, what it offers, where the promotion stands; and the page for a frame."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from bot.core.conversations import IDLE
from bot.core.interface import MAIN_LANGUAGE, Interface, nearest_language
from bot.core.lengths import LONGEST_MESSAGE
from bot.core.retention import KEPT_DAYS, Kept
from bot.services.gateway import Gateway
from bot.web.page import banner

router = APIRouter()


@router.get("/api/chat/interface")
async def show_interface(request: Request, lang: str = MAIN_LANGUAGE) -> JSONResponse:
    """The words in the wanted language, or in English; the same for everybody."""
    gateway: Gateway = request.app.state.gateway
    language = nearest_language(lang, gateway.interfaces)
    return JSONResponse(interface_on_the_wire(gateway, gateway.interfaces[language]))


@router.get("/embed")
async def show_frame(request: Request, origin: str = "", lang: str = "") -> Response:
    """The chat alone, for a frame; ``origin`` is the page around it, told to the chat only if it is one of the settings'."""
    gateway: Gateway = request.app.state.gateway
    response: Response = request.app.state.templates.TemplateResponse(
        request,
        "embed.html",
        {
            "parent": origin if origin in gateway.embed_origins else "",
            "language": nearest_language(lang, gateway.interfaces),
        },
    )
    # The cookie alone is enough: the frame opens also while the database cannot be reached.
    sessions = request.app.state.sessions
    sessions.remember(request, response, sessions.find_without_history(request))
    return response


def _notice(interface: Interface) -> str:
    """What becomes of the messages: as long as they are shown, and as long as they are kept."""
    minutes, days = int(IDLE.total_seconds() // 60), KEPT_DAYS[Kept.CONVERSATIONS]
    return interface.strings["notice"].replace("{minutes}", str(minutes)).replace("{days}", str(days))


def interface_on_the_wire(gateway: Gateway, interface: Interface) -> dict[str, Any]:
    """Everything the component shows before the first message."""
    return {
        "language": interface.language,
        "direction": interface.direction,
        "languages": [{"code": one.language, "name": one.name} for one in gateway.interfaces.values()],
        "strings": {**interface.strings, "notice": _notice(interface)},
        "promotion": gateway.promotion.name,
        "banner": banner(gateway),
        "sections": [
            {"title": interface.section(title), "questions": [entry.question for entry in entries]}
            for title, entries in gateway.faq.sections()
        ],
        "longest_text": LONGEST_MESSAGE,
    }
