"""``promodesk outbox``: the worker that delivers mails, sweeps up files that belong to nothing, and deletes what is old enough."""

from __future__ import annotations

import logging
import signal
import time

from bot.adapters.logs import set_up_logs
from bot.bootstrap import Post, post
from bot.commands.retention import PAUSE_SECONDS, DailyRetention
from bot.commands.stopping import StopSignals, stop_signals
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
    desk = post(settings)
    with stop_signals(signal.SIGTERM, signal.SIGINT) as told:
        _deliver_until(told, desk)
    return 0


def _deliver_until(told: StopSignals, desk: Post) -> None:
    retention, swept_at = DailyRetention(desk.retention), float("-inf")
    while not told.came:
        try:
            if not desk.is_leader():
                told.wait(OUTAGE_SECONDS)
                continue
            if time.monotonic() - swept_at > SWEEP_SECONDS:
                swept_at = time.monotonic()
                sweep(desk)
            if not deliver_mail(desk.mails):
                told.wait(PAUSE_SECONDS if retention.step() else IDLE_SECONDS)
        except Unavailable as error:
            logger.warning("the outbox waits: %s", error)
            told.wait(OUTAGE_SECONDS)


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
