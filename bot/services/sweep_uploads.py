"""Removes files that belong to nothing: forms that were never sent, and what a crash has left behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.retention import KEPT_DAYS, Kept
from bot.services.ticket_ports import FileStore, Uploads

KEPT_UNSENT = timedelta(days=KEPT_DAYS[Kept.UNSENT_FILES])
"""A form that lies open for longer is told that its files have to be chosen again."""
AT_ONCE = 500
"""So many files are looked up with one question to the database."""
KEPT_UNKNOWN = timedelta(hours=1)
"""Longer than it takes from writing a file to noting it."""


def sweep_uploads(uploads: Uploads, store: FileStore, now: datetime) -> int:
    """How many files were removed. Raises ``Unavailable``."""
    unsent = uploads.drop_unsent_since_before(now - KEPT_UNSENT)
    old = store.older_than(now - KEPT_UNKNOWN)
    belonging_to_nothing = {*unsent}
    for start in range(0, len(old), AT_ONCE):
        some = old[start : start + AT_ONCE]
        belonging_to_nothing |= set(some) - uploads.known(some)
    for id in belonging_to_nothing:
        store.discard(id)
    return len(belonging_to_nothing)
