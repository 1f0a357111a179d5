"""The API's description for programs: its routes and no others."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

router = APIRouter()
DESCRIBED = ("/api/assist", "/api/chat", "/api/chat/history", "/api/feedback", "/api/chatwoot")
VERSION = "1"
ABOUT = """Answers of a cashback promotion, in approved words only.

`/api/assist` is for help desks: it needs a key (`promodesk key create NAME`) in `Authorization: Bearer …`, and finds the
questions of a whole mail. The chat's routes are for the promotion's own page: they go by a cookie. Every error has the
same form."""
KEYS = {"type": "http", "scheme": "bearer", "description": "A key made by `promodesk key create NAME`."}


@router.get("/api/openapi.json", include_in_schema=False)
async def describe(request: Request) -> JSONResponse:
    """The description in OpenAPI's form."""
    return JSONResponse(description(request.app))


def description(app: Any) -> dict[str, Any]:
    """OpenAPI of the routes that are there for programs."""
    routes = [route for route in app.routes if getattr(route, "path", "") in DESCRIBED]
    described: dict[str, Any] = get_openapi(title=app.title, version=VERSION, description=ABOUT, routes=routes)
    described.setdefault("components", {})["securitySchemes"] = {"key": KEYS}
    return described
