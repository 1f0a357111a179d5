"""Files that belong to nothing are removed after a while."""

from __future__ import annotations

import io
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import update

from bot.adapters.file_store import FolderStore
from bot.adapters.sql.ticket_tables import uploads as table
from bot.adapters.sql.tickets import SqlTickets
from bot.adapters.sql.uploads import SqlUploads
from bot.core.conversations import new_id
from bot.core.tickets import TicketFile
from bot.services.sweep_uploads import KEPT_UNKNOWN, KEPT_UNSENT, sweep_uploads
from tests.databases import migrated_database
from tests.lamp_tickets import TICKET, mails


def test_only_what_belongs_to_nothing_for_long_is_removed(tmp_path: Path) -> None:
    """Files of a ticket, of an old form, of a young form; an old and a young leftover of a crash."""
    now = datetime.now(timezone.utc)
    long_ago = now - KEPT_UNSENT - timedelta(hours=1)
    store = FolderStore(tmp_path / "uploads")
    with migrated_database("sqlite", tmp_path, "desk") as engine:
        uploads = SqlUploads(engine)
        files = {name: written(store) for name in ("sent", "old form", "young form", "old leftover", "young leftover")}
        for name in ("sent", "old form", "young form"):
            uploads.add("c1", name, files[name], name)
        SqlTickets(engine).open(TICKET.__class__(**{**TICKET.__dict__, "files": (files["sent"],)}), "sent", mails)
        with engine.begin() as connection:
            connection.execute(update(table).where(table.c.form != "young form").values(created_at=long_ago))
        for name in ("sent", "old form", "old leftover"):
            before = (now - KEPT_UNKNOWN - timedelta(hours=30)).timestamp()
            os.utime(store.path(files[name].id), (before, before))

        assert sweep_uploads(uploads, store, now) == 2

        left = {name for name, file in files.items() if store.path(file.id).exists()}
        assert left == {"sent", "young form", "young leftover"}
        assert uploads.unsent("old form") == []
        assert sweep_uploads(uploads, store, now) == 0


def written(store: FolderStore) -> TicketFile:
    id = new_id()
    sent = store.take_in(id, io.BytesIO(b"content"))
    store.keep(id, sent)
    return TicketFile(id, "a.pdf", "application/pdf", 7)
