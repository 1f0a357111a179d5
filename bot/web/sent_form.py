"""The contact form as a browser sends it: typed fields, chosen lines, files."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from bot.core.keys import derive_key, is_signed, sign
from bot.core.uploads import is_file_id
from bot.services.keep_uploads import SentFile
from bot.services.open_ticket import LONGEST
from bot.web.body_limits import CUT_SHORT
from bot.web.forms import sent_form

FORM = "form"
"""The hidden field that makes a form sent twice one ticket."""
OPENED = "opened"
"""The hidden field that says, under seal, when the form was opened."""
KEEP, SHOWN_UNTIL, FILES, ATTACHED, REMOVE = "keep", "shown_until", "files", "attached", "remove"
MOST_FIELDS = 3000
MOST_FILES = 20
"""More than a ticket takes: that there are too many is to be said beside the field, by their names up to this one."""


@dataclass(frozen=True)
class SentForm:
    """What was sent; nothing of it is checked yet."""

    fields: dict[str, str] = field(default_factory=dict)
    """The fields that come once, by name."""
    kept_lines: frozenset[str] = frozenset()
    attached_files: frozenset[str] = frozenset()
    """The files, by id, that the form said are kept with it, without those that the customer takes out."""
    removed_files: frozenset[str] = frozenset()
    files: tuple[SentFile, ...] = ()
    files_left_out: int = 0
    """How many more were sent, of which nothing is looked at."""
    is_cut_short: bool = False
    """More was sent than could be taken."""

    @property
    def form(self) -> str:
        return self.fields.get(FORM, "")

    @property
    def shown_until(self) -> str:
        return self.fields.get(SHOWN_UNTIL, "")

    def took_at_least(self, request: Request, seconds: float) -> bool:
        """Whether so much time has passed since the form was opened; not for a time that this server has not written."""
        opened = self.opened(request)
        return bool(opened) and time.time() * 1000 - float(opened.partition(".")[0]) >= seconds * 1000

    def opened(self, request: Request) -> str:
        """When the form was opened, under seal; nothing if the seal is not this server's."""
        given = self.fields.get(OPENED, "")
        moment, _, seal = given.partition(".")
        return given if is_signed(_key(request), f"{self.form}:{moment}", seal) else ""

    def as_another(self, request: Request, *digests: str) -> SentForm:
        """The same under another form id, which is the same whenever these words and files are sent from this page."""
        words = json.dumps([self.form, [self.fields.get(name, "") for name in LONGEST], sorted(digests)])
        form = sign(derive_key(request.app.state.gateway.secret, "another form"), words)
        moment = self.opened(request).partition(".")[0]
        opened = f"{moment}.{sign(_key(request), f'{form}:{moment}')}" if moment else ""
        return replace(self, fields={**self.fields, FORM: form, OPENED: opened})


def opened_now(request: Request, form: str) -> str:
    """The sealed time, in milliseconds, for a form that is opened now."""
    now = f"{time.time() * 1000:.0f}"
    return f"{now}.{sign(_key(request), f'{form}:{now}')}"


@asynccontextmanager
async def read_contact_form(request: Request) -> AsyncIterator[SentForm]:
    """The form; its files can be read as long as the context lasts. Raises ``Refused`` for what is none."""
    async with sent_form(request, max_files=MOST_FIELDS, max_fields=MOST_FIELDS) as form:
        # The request knows only now whether all of it came.
        yield replace(_sent(form), is_cut_short=getattr(request.state, CUT_SHORT, False))


def _sent(form: FormData) -> SentForm:
    items = form.multi_items()
    texts = [(name, value) for name, value in items if isinstance(value, str)]
    files = [value for name, value in items if isinstance(value, UploadFile) and name == FILES and value.filename]
    removed = frozenset(value for name, value in texts if name == REMOVE and is_file_id(value))
    return SentForm(
        fields=dict(texts),
        kept_lines=frozenset(value for name, value in texts if name == KEEP),
        attached_files=frozenset(value for name, value in texts if name == ATTACHED and is_file_id(value)) - removed,
        removed_files=removed,
        files=tuple(SentFile(file.filename or "", file.size or 0, file.file) for file in files[:MOST_FILES]),
        files_left_out=len(files[MOST_FILES:]),
    )


def _key(request: Request) -> str:
    return derive_key(request.app.state.gateway.secret, "form opened")
