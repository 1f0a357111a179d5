"""Takes in the files of a form: each is inspected before it is kept, and a refused one says why."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from bot.core import uploads as rules
from bot.core.conversations import new_id
from bot.core.tickets import TicketFile
from bot.services.ticket_ports import FileRefused, FileStore, Inspector, Uploads

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class UploadDesk:
    """Everything files are taken in with."""

    uploads: Uploads
    store: FileStore
    inspector: Inspector


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent, under the name the customer gave it."""

    name: str
    size: int
    content: BinaryIO


@dataclass(frozen=True)
class FileProblem:
    """A file that was not kept, and the wording key of the reason."""

    name: str
    key: str


def keep_uploads(desk: UploadDesk, conversation: str, form: str, sent: Sequence[SentFile]) -> list[FileProblem]:
    """Keep what may be kept with the form; the others with the reasons. Raises ``Unavailable``.

    No more files are inspected than a ticket takes: refused ones cost as much as kept ones.
    """
    problems, inspected = [], 0
    for file in sent:
        try:
            digest = _new_content(desk, conversation, form, file)
            if digest and inspected >= rules.MOST_FILES:
                raise FileRefused("file_too_many")
            if digest:
                inspected += 1
                _keep(desk, conversation, form, file, digest)
        except FileRefused as refused:
            problems.append(FileProblem(rules.shown_name(file.name), refused.key))
    return problems


def remove_uploads(desk: UploadDesk, form: str, ids: Collection[str]) -> None:
    """Forget files that the customer does not want to send after all. Raises ``Unavailable``."""
    for id in desk.uploads.remove(form, ids) if ids else ():
        desk.store.discard(id)


def _new_content(desk: UploadDesk, conversation: str, form: str, sent: SentFile) -> str:
    """The digest of a file that may be inspected; nothing if the form has this content already."""
    if sent.size == 0:
        raise FileRefused("file_empty")
    if sent.size > rules.LARGEST_FILE:
        raise FileRefused("file_too_large")
    digest = digest_of(sent)
    if desk.uploads.has(form, digest):
        return ""
    _check_room(desk, conversation, form, sent.size)
    return digest


def _keep(desk: UploadDesk, conversation: str, form: str, sent: SentFile, digest: str) -> None:
    id = new_id()
    try:
        inspected = desk.inspector.inspect(desk.store.take_in(id, sent.content))
        # Written anew, a picture can be larger than it was.
        if inspected.size > rules.LARGEST_FILE:
            raise FileRefused("file_too_large")
        _check_room(desk, conversation, form, inspected.size)
        desk.store.keep(id, inspected.path)
    except BaseException:
        desk.store.discard(id)
        raise
    # From here on its row may be there, whatever is heard of it: a file that has none is swept up later.
    name = rules.safe_name(sent.name, inspected.media_type)
    file = TicketFile(id, name, inspected.media_type, inspected.size)
    if not desk.uploads.add(conversation, form, file, digest):
        desk.store.discard(id)


def _check_room(desk: UploadDesk, conversation: str, form: str, size: int) -> None:
    kept = desk.uploads.unsent(form)
    if len(kept) >= rules.MOST_FILES:
        raise FileRefused("file_too_many")
    if sum(file.size for file in kept) + size > rules.LARGEST_TOGETHER:
        raise FileRefused("file_no_room")
    if desk.uploads.unsent_size(conversation) + size > rules.LARGEST_UNSENT:
        raise FileRefused("file_no_room")


def digest_of(file: SentFile) -> str:
    """What tells whether two files that were sent are the same."""
    digest = hashlib.sha256()
    file.content.seek(0)
    while chunk := file.content.read(_CHUNK):
        digest.update(chunk)
    file.content.seek(0)
    return digest.hexdigest()
