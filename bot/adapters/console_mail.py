"""Mails for the terminal instead of a server: the twin of SMTP where none is set."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import TextIO

from bot.adapters.logs import ANY_REFERENCE, log_event
from bot.core.mails import ClaimedMail, Mail
from bot.core.personal_data import mask_personal_data

_TICKET = re.compile(r"(\bT-\d{4}-\d{6,}\b)")
"""A ticket's number says nothing of a person, though it looks like an account."""

logger = logging.getLogger(__name__)

SHOWN, SHOWN_END = "mail, shown because PROMODESK_SMTP_URL is empty: ", "\n---\n"
"""Between these, and the line that the first one begins, stands a mail."""


class ConsoleMailer:
    """The ``Mailer`` port; the words of a mail are shown in a demonstration only, because this output is kept in a log.

    Even there personal data is hidden. Anywhere else customers wrote them: a mail's kind, number and length are logged.
    """

    seconds = 1.0

    def __init__(self, output: TextIO, *, is_demonstration: bool) -> None:
        self._output = output
        self._is_demonstration = is_demonstration

    def deliver(
        self, claimed: ClaimedMail, before_step: Callable[[], None], before_hand_over: Callable[[], None]
    ) -> None:
        before_step()
        before_hand_over()
        if self._is_demonstration:
            self._output.write(_shown(claimed.mail))
            self._output.flush()
        else:
            _log(claimed.mail)


def _shown(mail: Mail) -> str:
    body = "".join(map(_masked, _TICKET.split(mail.body)))
    return f"--- {mail.kind.value} {SHOWN}{mail.subject}\n{body}{SHOWN_END}"


def _log(mail: Mail) -> None:
    ticket = _TICKET.search(mail.subject)
    log_event(
        logger,
        "a mail reaches nobody, because PROMODESK_SMTP_URL is empty",
        level=logging.WARNING,
        kind=mail.kind.value,
        ticket=ticket.group() if ticket else "",
        characters=len(mail.body),
    )


def _masked(part: str) -> str:
    return part if _TICKET.fullmatch(part) else mask_personal_data(part, ANY_REFERENCE)
