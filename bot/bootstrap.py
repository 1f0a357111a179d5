"""Puts the desk together: the one place that knows every adapter."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.adapters.clock import SystemClock
from bot.adapters.console_mail import ConsoleMailer
from bot.adapters.file_inspector import ProcessInspector
from bot.adapters.file_store import FolderStore
from bot.adapters.health import check_any, check_database
from bot.adapters.interface_files import read_interfaces
from bot.adapters.lookup_counts import lookup_counts
from bot.adapters.rasa_http import RasaBot
from bot.adapters.rasa_pool import RasaPool
from bot.adapters.smtp import SmtpMailer, smtp_server
from bot.adapters.sql.backlog import SqlBacklogs
from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.leadership import Leadership
from bot.adapters.sql.lookups import SqlLookups
from bot.adapters.sql.outbox import SqlOutbox
from bot.adapters.sql.products import SqlProducts
from bot.adapters.sql.tickets import SqlTickets
from bot.adapters.sql.uploads import SqlUploads
from bot.adapters.virus_scanner import ScanningInspector
from bot.bootstrap_console import console
from bot.bootstrap_content import content
from bot.bootstrap_limits import shared_limits
from bot.bootstrap_privacy import retention_desk
from bot.config import ROOT, Settings
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.compose_mails import MailComposer
from bot.services.deliver_mail import MailDesk
from bot.services.find_claim import LookupResult
from bot.services.gateway import Check, Gateway
from bot.services.keep_uploads import UploadDesk
from bot.services.open_ticket import TicketDesk
from bot.services.ports import Claims, Clock, Lookups, Products
from bot.services.prefill_ticket import topics
from bot.services.run_retention import RetentionDesk
from bot.services.ticket_ports import Mailer


@dataclass(frozen=True)
class LookupDesk:
    """Everything the custom actions work with."""

    claims: Claims
    products: Products
    lookups: Lookups
    promotion: Promotion
    wording: Wording
    clock: Clock
    count_lookup: Callable[[LookupResult | None], None]
    """Called with what came of a look-up; with None where the databases could not be reached."""


def lookup_desk(settings: Settings) -> LookupDesk:
    """The look-ups; the claims database is opened for reading only."""
    own = content(settings)
    claims = make_engine(settings.claims_url, read_only=True)
    return LookupDesk(
        claims=SqlClaims(claims, own.promotion.key),
        products=SqlProducts(claims, own.promotion.key),
        lookups=SqlLookups(make_engine(settings.database_url), settings.secret),
        promotion=own.promotion,
        wording=own.wording,
        clock=own.clock,
        count_lookup=lookup_counts().count,
    )


def gateway(settings: Settings) -> Gateway:
    """The gateway as the settings describe it; raises ``DeskError`` if its content cannot be read."""
    own = content(settings)
    desk, claims = make_engine(settings.database_url), make_engine(settings.claims_url, read_only=True)
    rasa = RasaPool([RasaBot(url, settings.secret) for url in settings.rasa_urls])
    limits = shared_limits(settings, "gateway")
    conversations = SqlConversations(desk)
    agents_desk = console(settings, desk, claims, own, rasa)
    help_desk = agents_desk.help_desk
    return Gateway(
        bot=rasa,
        conversations=conversations,
        lookups=SqlLookups(desk, settings.secret),
        contact=TicketDesk(
            tickets=SqlTickets(desk),
            conversations=conversations,
            promotion=own.promotion,
            clock=own.clock,
            topics=topics(own.faq, own.wording),
            mails=MailComposer(own.wording, own.promotion, settings.support_inbox, settings.mail_from),
        ),
        files=upload_desk(settings, desk),
        backlogs=SqlBacklogs(desk, own.promotion.key),
        faq=own.faq,
        promotion=own.promotion,
        wording=own.wording,
        clock=own.clock,
        secret=settings.secret,
        is_demonstration=settings.today is not None,
        checks={
            "rasa": rasa.check,
            "action_server": partial(check_any, [f"{url}/health" for url in settings.actions_urls]),
            "desk_database": _check_in_thread(desk, "conversations"),
            "claims_database": _check_in_thread(claims, "claims"),
        },
        interfaces=read_interfaces(interface_folder(settings.content)),
        windows=limits.windows,
        turns=limits.turns,
        useful_checks=limits.checks,
        embed_origins=settings.embed_origins,
        metrics_token=settings.metrics_token,
        closes=(rasa.close, *limits.closes, *([help_desk.help_desk.close] if help_desk else [])),
        console=agents_desk,
    )


def interface_folder(content: Path) -> Path:
    """The promotion's own words for the chat's buttons and labels, or those of the repository: they name no promotion."""
    own = content / "faq" / "interface"
    return own if own.is_dir() else ROOT / "faq" / "interface"


def upload_desk(settings: Settings, desk: Engine) -> UploadDesk:
    """Where customers' files are taken in."""
    inspector = ProcessInspector()
    scanned = ScanningInspector(inspector, settings.clamd_url) if settings.clamd_url else inspector
    return UploadDesk(SqlUploads(desk), FolderStore(settings.uploads), scanned)


@dataclass(frozen=True)
class Post:
    """What the outbox worker works with."""

    mails: MailDesk
    files: UploadDesk
    clock: Clock
    retention: RetentionDesk
    is_leader: Callable[[], bool]
    """Whether this worker is the one that works; others stand by."""


def post(settings: Settings) -> Post:
    """The worker's desk. Mails and files age by the real time, whatever day the desk acts on. Raises ``InvalidInput``."""
    desk, clock = make_engine(settings.database_url), SystemClock(ZoneInfo("UTC"))
    mails = MailDesk(SqlOutbox(desk), _mailer(settings), clock, time.sleep)
    return Post(mails, upload_desk(settings, desk), clock, retention_desk(settings), Leadership(desk).is_ours)


def _mailer(settings: Settings) -> Mailer:
    if settings.smtp_url:
        return SmtpMailer(smtp_server(settings.smtp_url), settings.mail_from)
    # Lines for programs have no place for a mail.
    is_shown = settings.today is not None and settings.log_format == "text"
    return ConsoleMailer(sys.stdout, is_demonstration=is_shown)


def _check_in_thread(engine: Engine, table: str) -> Check:
    async def check() -> None:
        await asyncio.to_thread(check_database, engine, table)

    return check
