"""Whether the gateway lives, whether the whole desk is ready, and what it has done so far."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from bot.adapters.exposition import CONTENT_TYPE, may_read
from bot.web.errors import Refused
from bot.web.standing import state_of

router = APIRouter()


@router.get("/healthz")
async def is_alive() -> JSONResponse:
    """This process answers."""
    return JSONResponse({"alive": True})


@router.get("/readyz")
async def is_ready(request: Request) -> JSONResponse:
    """Every part the desk needs, by name; 503 if one of them is not there."""
    checks = request.app.state.gateway.checks
    states = await asyncio.gather(*(state_of(check) for check in checks.values()))
    ready = all(state == "ok" for state in states)
    body = {"ready": ready, "checks": dict(zip(checks, states, strict=True))}
    return JSONResponse(body, 200 if ready else 503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """What this process has counted since its start, and how the desk stands; for who may know, a missing page for others."""
    state = request.app.state
    peer = request.client.host if request.client else ""
    if not may_read(state.gateway.metrics_token, peer, request.headers):
        raise Refused("not_found")
    await state.standing.read()
    return Response(state.metrics.as_text(), media_type=CONTENT_TYPE)
