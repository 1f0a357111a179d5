"""The ways to the sign-in and back."""

from __future__ import annotations

from urllib.parse import unquote, urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

HOME = "/desk/tickets"
SIGN_IN = "/desk/sign-in"


def to_sign_in(request: Request) -> Response:
    """The way to the sign-in, and from there back to what was asked for."""
    query = request.scope["query_string"].decode("latin-1")
    wanted = request.scope["path"] + (f"?{query}" if query else "")
    if request.method != "GET":
        # The page that a form stands on has the form's address, or is its referrer: the desk's home is always right.
        wanted = HOME
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': wanted})}", status_code=303)


def safe_next(wanted: str) -> str:
    """Where to go after signing in: a page of the desk, whatever the link says."""
    read = unquote(wanted)
    is_own = wanted.startswith("/desk/") and not any(sign in read for sign in ("\\", "//", "/.", "\n", "\r", "\t"))
    return wanted if is_own and not wanted.startswith(SIGN_IN) else HOME
