"""Reading what a page's form sends, and knowing that it was ours."""

from __future__ import annotations

from fastapi import Request

from bot.web.errors import Refused

TOKEN = "csrf"


async def read_form(request: Request) -> dict[str, str]:
    """The form's text fields; files and repeated fields are left out."""
    try:
        async with request.form(max_files=0, max_fields=20) as form:
            return {name: value for name, value in form.items() if isinstance(value, str)}
    except UnicodeDecodeError as error:
        raise Refused("invalid_message") from error


def is_own_form(request: Request, typed: dict[str, str]) -> bool:
    """Whether the form was made for this browser's session."""
    own: bool = request.app.state.sessions.is_own_form(request, typed.get(TOKEN, ""))
    return own
