"""Whether the gateway lives, whether the whole desk is ready, and what it has done so far."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.services.gateway import Check
from bot.services.ports import Unavailable
from bot.web.metrics import mails_as_text

router = APIRouter()
CHECK_SECONDS = 4.0


@router.get("/healthz")
async def is_alive() -> JSONResponse:
    """This process answers."""
    return JSONResponse({"alive": True})


@router.get("/readyz")
async def is_ready(request: Request) -> JSONResponse:
    """Every part the desk needs, by name; 503 if one of them is not there."""
    checks = request.app.state.gateway.checks
    states = await asyncio.gather(*(_state(check) for check in checks.values()))
    ready = all(state == "ok" for state in states)
    body = {"ready": ready, "checks": dict(zip(checks, states, strict=True))}
    return JSONResponse(body, 200 if ready else 503)


@router.get("/metrics")
async def metrics(request: Request) -> PlainTextResponse:
    """What this process has counted since its start, and how the mails of all stand."""
    text = request.app.state.metrics.as_text()
    with suppress(Unavailable):
        text += mails_as_text(await asyncio.to_thread(request.app.state.gateway.outbox.counts))
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


async def _state(check: Check) -> str:
    try:
        await asyncio.wait_for(check(), CHECK_SECONDS)
    except (Unavailable, asyncio.TimeoutError):
        return "unavailable"
    return "ok"
