"""``promodesk outbox``: the worker that delivers mails, sweeps up files that belong to nothing, and deletes what is old enough."""

from __future__ import annotations

import logging
import signal
import time
from threading import Event

from bot.adapters.logs import set_up_logs
from bot.bootstrap import Post, post
from bot.commands.retention import PAUSE_SECONDS, DailyRetention
from bot.config import Settings
from bot.services.deliver_mail import deliver_mail
from bot.services.ports import Unavailable
from bot.services.sweep_uploads import sweep_uploads

IDLE_SECONDS = 0.5
OUTAGE_SECONDS = 2.0
SWEEP_SECONDS = 600.0
logger = logging.getLogger(__name__)


def deliver(settings: Settings) -> int:
    """Deliver until told to stop; a mail that is under way is brought to its end first. Raises ``InvalidInput``.

    Of several workers one works, and another takes over when it is gone.
    """
    set_up_logs(settings.log_format)
    desk, stopped = post(settings), Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    retention, swept_at = DailyRetention(desk.retention), float("-inf")
    while not stopped.is_set():
        try:
            if not desk.is_leader():
                stopped.wait(OUTAGE_SECONDS)
                continue
            if time.monotonic() - swept_at > SWEEP_SECONDS:
                swept_at = time.monotonic()
                sweep(desk)
            if not deliver_mail(desk.mails):
                stopped.wait(PAUSE_SECONDS if retention.step() else IDLE_SECONDS)
        except Unavailable as error:
            logger.warning("the outbox waits: %s", error)
            stopped.wait(OUTAGE_SECONDS)
    return 0


def try_again(settings: Settings) -> int:
    """Make the mails that were given up due again, and say how many. Raises ``Unavailable``."""
    import typer

    count = post(settings).mails.outbox.try_again()
    typer.echo(f"{count} mails are tried again" if count != 1 else "1 mail is tried again")
    return 0


def sweep(desk: Post) -> None:
    """Sweep up what can be; whatever goes wrong with it is logged and tried again later: mails do not wait for it."""
    try:
        removed = sweep_uploads(desk.files.uploads, desk.files.store, desk.clock.now())
    except Exception:
        logger.exception("files could not be swept up")
        return
    if removed:
        logger.warning("%d files that belonged to no ticket were removed", removed)
