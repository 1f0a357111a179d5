"""Reading what a page's form sends, and knowing that it was ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData

from bot.web.errors import Refused

TOKEN = "csrf"


@asynccontextmanager
async def sent_form(request: Request, *, max_files: int, max_fields: int) -> AsyncIterator[FormData]:
    """What the form sends; its files can be read as long as the context lasts.

    Raises ``Refused`` for what is no form, or no text: the parser lets the sender name the encoding.
    """
    try:
        form = await request.form(max_files=max_files, max_fields=max_fields)
        for name, value in form.multi_items():
            f"{name}{value if isinstance(value, str) else value.filename}".encode()
    except (UnicodeError, FormParserError) as error:
        raise Refused("invalid_message") from error
    try:
        yield form
    finally:
        await form.close()


MOST_FIELDS = 20


async def read_form(request: Request, max_fields: int = MOST_FIELDS) -> dict[str, str]:
    """The form's text fields; files and repeated fields are left out."""
    async with sent_form(request, max_files=0, max_fields=max_fields) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def is_own_form(request: Request, typed: dict[str, str]) -> bool:
    """Whether the form was made for this browser's session."""
    own: bool = request.app.state.sessions.is_own_form(request, typed.get(TOKEN, ""))
    return own
