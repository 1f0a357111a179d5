"""Whether the gateway lives, whether the whole desk is ready, and what it has done so far."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.services.gateway import Check, Gateway
from bot.services.ports import Unavailable
from bot.web.metrics import mails_as_text

router = APIRouter()
CHECK_SECONDS = 4.0


@router.get("/healthz")
async def is_alive() -> JSONResponse:
    """This process answers."""
    return JSONResponse({"alive": True})


@router.get("/readyz")
async def is_ready(request: Request, only: str = "") -> JSONResponse:
    """Every part the desk needs, by name; 503 if one of them is not there, or if this gateway is about to end.

    What the desk can do without for a while is told as ``useful``. ``?only=gateway`` leaves the other parts out: whoever
    chooses a gateway asks so, since without Rasa each of them still has the page and the contact form.
    """
    gateway: Gateway = request.app.state.gateway
    if only == "gateway":
        gateway = replace(gateway, checks={}, useful_checks={})
    needed, useful = await asyncio.gather(_states(gateway.checks), _states(gateway.useful_checks))
    ready = all(state == "ok" for state in needed.values()) and not request.app.state.is_draining
    body: dict[str, object] = {"ready": ready, "checks": needed}
    return JSONResponse(body | ({"useful": useful} if useful else {}), 200 if ready else 503)


@router.get("/metrics")
async def metrics(request: Request) -> PlainTextResponse:
    """What this process has counted since its start, and how the mails of all stand."""
    text = request.app.state.metrics.as_text()
    with suppress(Unavailable):
        text += mails_as_text(await asyncio.to_thread(request.app.state.gateway.outbox.counts))
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


async def _states(checks: Mapping[str, Check]) -> dict[str, str]:
    states = await asyncio.gather(*(_state(check) for check in checks.values()))
    return dict(zip(checks, states, strict=True))


async def _state(check: Check) -> str:
    try:
        await asyncio.wait_for(check(), CHECK_SECONDS)
    except (Unavailable, asyncio.TimeoutError):
        return "unavailable"
    return "ok"
