"""Whether the gateway lives, whether the whole desk is ready, and what it has done so far."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from bot.adapters.exposition import CONTENT_TYPE, may_read
from bot.services.gateway import Gateway
from bot.web.errors import Refused
from bot.web.standing import states_of

router = APIRouter()


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
    needed, useful = await asyncio.gather(states_of(gateway.checks), states_of(gateway.useful_checks))
    ready = all(state == "ok" for state in needed.values()) and not request.app.state.is_draining
    body: dict[str, object] = {"ready": ready, "checks": needed}
    return JSONResponse(body | ({"useful": useful} if useful else {}), 200 if ready else 503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """What this process has counted since its start, and how the desk stands; for who may know, a missing page for others."""
    state = request.app.state
    peer = request.client.host if request.client else ""
    if not may_read(state.gateway.metrics_token, peer, request.headers):
        raise Refused("not_found")
    await state.standing.read()
    return Response(state.metrics.as_text(), media_type=CONTENT_TYPE)
