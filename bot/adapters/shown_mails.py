"""Mails that a demonstration has shown in the outbox's log: blanked where they stand, while the log goes on being written."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from bot.adapters.console_mail import SHOWN, SHOWN_END
from bot.services.ports import Unavailable
from bot.services.privacy_ports import Place

_HEADER = re.compile(rf"^--- \w+ {re.escape(SHOWN)}.*\n".encode(), re.MULTILINE)


class ShownMails:
    """The ``Elsewhere`` port over a folder of logs; its keys are the references of tickets."""

    place = Place.SHOWN_MAILS

    def __init__(self, logs: Path) -> None:
        self._log = logs / "outbox.log"

    def remove(self, keys: Collection[str]) -> Collection[str]:
        try:
            if self._log.exists():
                _blank(self._log, keys)
        except OSError as error:
            raise Unavailable(
                f"mails shown in the logs could not be blanked ({error.strerror}); look at the folder PROMODESK_LOGS"
            ) from error
        return keys


def _blank(log: Path, references: Collection[str]) -> None:
    """Overwrite in place: whoever writes the log only ever adds to its end."""
    content = log.read_bytes()
    headers = list(_HEADER.finditer(content))
    named = re.compile("|".join(rf"\b{re.escape(reference)}\b" for reference in references).encode())
    with log.open("r+b") as file:
        for header, end in zip(headers, [*(one.start() for one in headers[1:]), len(content)]):
            last = content.rfind(SHOWN_END.encode(), header.start(), end)
            if named.search(header.group()) and last >= header.end():
                file.seek(header.end())
                file.write(re.sub(rb"[^\n]", b" ", content[header.end() : last]))
