"""Delivers the mails of the outbox one by one: again and again until accepted, and never again after that."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.mails import MOST_REFUSALS, ClaimedMail, pause_after
from bot.services.ports import Clock, Unavailable
from bot.services.ticket_ports import AnswerMissing, ClaimLost, Mailer, MailRefused, Outbox

STEPS_OF_A_HAND_OVER = 6
"""So many times the longest wait of a step an unanswered hand-over is left alone before anybody tries again."""
NOTE_AGAIN_SECONDS = 1.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class MailDesk:
    """Everything mails are delivered with; the clock has to run."""

    outbox: Outbox
    mailer: Mailer
    clock: Clock
    sleep: Callable[[float], object]


def deliver_mail(desk: MailDesk) -> bool:
    """Try the next mail that is due; False if there is none. Raises ``Unavailable`` if the outbox cannot be reached."""
    now = desk.clock.now()
    claimed = desk.outbox.claim(now, now + _step(desk))
    if claimed is None:
        return False
    if claimed.handed_over_before:
        logger.warning("mail %d goes out again: an earlier try was not answered", claimed.id)
    try:
        desk.mailer.deliver(claimed, lambda: _hold(desk, claimed), lambda: _begin_hand_over(desk, claimed))
    except ClaimLost:
        logger.warning("mail %d was taken over by another worker", claimed.id)
    except MailRefused as refused:
        _note_refusal(desk, claimed, refused)
    except (Unavailable, AnswerMissing) as error:
        _put_back(desk, claimed, error, refused=False)
    else:
        _note_sent(desk, claimed)
    return True


def _step(desk: MailDesk) -> timedelta:
    """How long a mail is held at first and anew with each step: longer than a step can take."""
    return timedelta(seconds=2 * desk.mailer.seconds + 1)


def _hold(desk: MailDesk, claimed: ClaimedMail) -> None:
    if not desk.outbox.hold(claimed, desk.clock.now() + _step(desk)):
        raise ClaimLost(claimed.mail.message_id)


def _begin_hand_over(desk: MailDesk, claimed: ClaimedMail) -> None:
    """Only who still holds the mail may give its text away; held so long that a slow answer is waited for."""
    until = desk.clock.now() + timedelta(seconds=STEPS_OF_A_HAND_OVER * desk.mailer.seconds)
    if not desk.outbox.hold(claimed, until, handing_over=True):
        raise ClaimLost(claimed.mail.message_id)


def _note_sent(desk: MailDesk, claimed: ClaimedMail) -> None:
    """What was accepted must not go out again: it is noted however long the database takes to come back."""
    while True:
        try:
            desk.outbox.note_sent(claimed, desk.clock.now())
            return
        except Unavailable as error:
            logger.error("mail %d was accepted, which cannot be noted yet: %s", claimed.id, error)
            desk.sleep(NOTE_AGAIN_SECONDS)


def _note_refusal(desk: MailDesk, claimed: ClaimedMail, refused: MailRefused) -> None:
    if refused.for_good and claimed.refusals + 1 >= MOST_REFUSALS:
        logger.error("mail %d is given up after %d refusals: %s", claimed.id, MOST_REFUSALS, refused)
        desk.outbox.give_up(claimed, desk.clock.now(), str(refused))
    else:
        _put_back(desk, claimed, refused, refused=refused.for_good)


def _put_back(desk: MailDesk, claimed: ClaimedMail, error: Exception, *, refused: bool) -> None:
    due: datetime = desk.clock.now() + pause_after(claimed.attempts + 1)
    logger.warning("mail %d was not delivered (try %d): %s", claimed.id, claimed.attempts + 1, error)
    desk.outbox.put_back(
        claimed, due, str(error), refused=refused, surely_not_accepted=not isinstance(error, AnswerMissing)
    )
