"""The one table of everything that can go wrong with a request: its code, its status, its words."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.core.wording import Wording
from bot.services.ports import DeskError, InvalidInput, Unavailable
from bot.web.desk.ways import to_sign_in
from bot.web.security_log import tell_refused

logger = logging.getLogger(__name__)

STATUS = {
    "odd_address": 400,
    "invalid_message": 422,
    "unknown_button": 422,
    "unknown_message": 422,
    "too_long": 413,
    "too_fast": 429,
    "too_busy": 429,
    "not_json": 415,
    "cross_site": 403,
    "form_expired": 403,
    "too_quick": 422,
    "too_many_tickets": 429,
    "too_many_files": 429,
    "trapped": 422,
    "mail_too_long": 413,
    "invalid_question": 422,
    "invalid_event": 422,
    "no_key": 401,
    "not_verified": 401,
    "not_signed_in": 401,
    "not_allowed": 403,
    "unavailable": 503,
    "not_found": 404,
    "method_not_allowed": 405,
    "internal": 500,
}
"""Each code with its status; its words stand in the wording under ``error_<code>``."""

_CODE_OF_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_long", 503: "unavailable"}


class Refused(DeskError):
    """A request that is not accepted; ``code`` is one of the table."""

    def __init__(self, code: str, *, field: str = "", retry_after: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        return STATUS[self.code]


def words_for(refused: Refused, wording: Wording) -> str:
    """What the customer is told."""
    return wording.say(f"error_{refused.code}")


def error_body(refused: Refused, wording: Wording) -> dict[str, Any]:
    """The one form every error has in JSON."""
    error = {"code": refused.code, "message": words_for(refused, wording)}
    return {"error": error | ({"field": refused.field} if refused.field else {})}


def answer_refused(request: Request, refused: Refused) -> Response:
    """The error as JSON for programs, as a page for people."""
    request.app.state.metrics.count_refusal(refused.code)
    tell_refused(request, refused.code)
    wording: Wording = request.app.state.gateway.wording
    headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
    if refused.code == "unavailable":
        headers = {"Retry-After": "10"}
    if refused.code == "no_key":
        headers = {"WWW-Authenticate": "Bearer"}
    if _wants_json(request):
        return JSONResponse(error_body(refused, wording), refused.status, headers)
    if refused.code == "not_signed_in":
        return to_sign_in(request)
    page: HTMLResponse = request.app.state.templates.TemplateResponse(
        request,
        "desk/error.html" if request.scope["path"].startswith("/desk/") else "error.html",
        {"words": words_for(refused, wording)},
        status_code=refused.status,
        headers=headers,
    )
    return page


def add_error_handlers(app: FastAPI) -> None:
    """Every error leaves through the table."""
    app.add_exception_handler(DeskError, _on_error)
    app.add_exception_handler(HTTPException, _on_error)
    app.add_exception_handler(RequestValidationError, _on_error)


class AnswerUnexpected:
    """The last resort: what nobody foresaw is logged, and answered like every other error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception:
            # Not the address itself: it can hold a link that signs in, and whatever a stranger wants written here.
            logger.exception("a request failed in an unforeseen way: %s", getattr(scope.get("route"), "path", "other"))
            if started or scope["type"] != "http":
                raise
            await answer_refused(Request(scope), Refused("internal"))(scope, receive, send)


async def _on_error(request: Request, error: Exception) -> Response:
    return answer_refused(request, as_refused(error))


def as_refused(error: Exception) -> Refused:
    """The entry of the table that an error belongs to."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, Unavailable):
        return Refused("unavailable")
    if isinstance(error, (InvalidInput, RequestValidationError)):
        return Refused("invalid_message")
    if isinstance(error, HTTPException):
        return Refused(
            _CODE_OF_STATUS.get(error.status_code, "invalid_message" if error.status_code < 500 else "internal")
        )
    return Refused("internal")


def _wants_json(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.startswith(("/api/", "/desk/api/", "/healthz", "/readyz", "/metrics"))
