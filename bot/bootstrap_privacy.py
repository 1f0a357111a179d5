"""Puts together what deletes, exports and erases personal data, in the desk's own database and beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.adapters.clock import FixedClock, SystemClock
from bot.adapters.file_store import DiscardedFiles, FolderStore
from bot.adapters.promotion_file import read_promotion
from bot.adapters.shown_mails import ShownMails
from bot.adapters.sql.aging import aging_data
from bot.adapters.sql.engines import forget_deleted, make_engine
from bot.adapters.sql.owned_claims import SqlOwnedClaims
from bot.adapters.sql.personal_records import SqlPersonalRecords
from bot.adapters.sql.removals import SqlRemovals
from bot.adapters.sql.tracker_events import TrackerEvents
from bot.config import Settings
from bot.services.privacy_desk import PrivacyDesk
from bot.services.privacy_ports import Elsewhere
from bot.services.run_retention import RetentionDesk

PATIENT_SECONDS = 60
"""How long one statement may take: these read whole tables, and nobody waits for them in a chat."""
UTC = ZoneInfo("UTC")


def retention_desk(settings: Settings) -> RetentionDesk:
    """What is deleted by age."""
    desk, tracker = _engines(settings)
    dialogue = TrackerEvents(tracker)
    return RetentionDesk(
        data=(*aging_data(desk), dialogue),
        removals=SqlRemovals(desk),
        elsewhere=_elsewhere(settings, dialogue),
        clock=SystemClock(UTC),
        desk_clock=FixedClock(settings.today, UTC) if settings.today else SystemClock(UTC),
        wipe=partial(_wipe, desk, tracker),
    )


def privacy_desk(settings: Settings) -> PrivacyDesk:
    """What is kept about persons; the claims database is only read. Raises ``InvalidInput`` if the promotion cannot be read."""
    desk, tracker = _engines(settings)
    dialogue = TrackerEvents(tracker)
    return PrivacyDesk(
        records=SqlPersonalRecords(desk, settings.secret),
        claims=SqlOwnedClaims(make_engine(settings.claims_url, read_only=True, statement_seconds=PATIENT_SECONDS)),
        dialogue=dialogue,
        files=FolderStore(settings.uploads),
        removals=SqlRemovals(desk),
        elsewhere=_elsewhere(settings, dialogue),
        reference_format=read_promotion(settings.content / "faq" / "promotion.yml").claim_reference,
        clock=SystemClock(UTC),
        wipe=partial(_wipe, desk, tracker),
    )


def _engines(settings: Settings) -> tuple[Engine, Engine]:
    desk, tracker = (
        make_engine(url, statement_seconds=PATIENT_SECONDS) for url in (settings.database_url, settings.tracker_url)
    )
    return desk, tracker


def _elsewhere(settings: Settings, dialogue: TrackerEvents) -> Sequence[Elsewhere]:
    return (DiscardedFiles(FolderStore(settings.uploads)), dialogue, ShownMails(settings.logs))


def _wipe(*engines: Engine) -> bool:
    return all([forget_deleted(engine) for engine in engines])
