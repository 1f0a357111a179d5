"""Puts the desk together: the one place that knows every adapter."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.adapters.clock import SystemClock
from bot.adapters.console_mail import ConsoleMailer
from bot.adapters.file_inspector import ProcessInspector
from bot.adapters.file_store import FolderStore
from bot.adapters.health import check_any, check_database
from bot.adapters.interface_files import read_interfaces
from bot.adapters.labelled_questions import read_labelled_questions
from bot.adapters.lookup_counts import lookup_counts
from bot.adapters.nlu_files import read_examples
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
from bot.adapters.vocabulary_file import read_vocabulary
from bot.bootstrap_console import console
from bot.bootstrap_content import Content, content
from bot.bootstrap_limits import shared_limits
from bot.bootstrap_privacy import retention_desk
from bot.config import ROOT, Settings
from bot.core.evaluation import LabelledQuestion
from bot.core.intents import label_of
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
from bot.services.receive_message import receive_message
from bot.services.run_retention import RetentionDesk
from bot.services.ticket_ports import Mailer

if TYPE_CHECKING:
    from bot.matching.readers import PurchaseReader

# What understands language is imported where it is used: the gateway and the action server do without it, and start at once.

DEVELOPMENT = Path("evaluation/development.yml")
"""Where a promotion's content has its labelled questions."""
LEARNING = (
    "calibration", "cleaning", "clauses", "encoder", "features", "follow_ups", "forms", "learning", "matcher", "normalise",
    "number_words", "questions", "ridge", "several", "spelling", "splits", "waits",
)  # fmt: skip
"""The modules of ``bot.matching`` that make a model what it is; the others only read details."""


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


@dataclass(frozen=True)
class Intake:
    """How a customer's message is taken in."""

    receive: Callable[[str, str], str]
    """Conversation and text to masked text; what a look-up needs is kept on the way."""
    wording: Wording


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


@dataclass(frozen=True)
class Readers:
    """What the understanding of messages works with, beside its trained matcher."""

    purchases: PurchaseReader
    content: Content


def readers(settings: Settings) -> Readers:
    """The readers of one promotion; products are looked up in the claims database as it stands."""
    desk = lookup_desk(settings)
    vocabulary = read_vocabulary(settings.content / "data" / "vocabulary.yml")
    from bot.matching.readers import PurchaseReader

    reader = PurchaseReader(desk.promotion.claim_reference, vocabulary, desk.products.all)
    return Readers(reader, content(settings))


def encoder_folder(settings: Settings) -> Path:
    """The encoder in ONNX form; exported on first use."""
    from bot.matching.encoder_export import exported_encoder

    return exported_encoder(settings.encoder, settings.cache)


def development_questions(settings: Settings) -> list[LabelledQuestion]:
    """The labelled questions by which a model is calibrated and judged; none where a promotion has none."""
    file = settings.content / DEVELOPMENT
    return read_labelled_questions(file) if file.exists() else []


@dataclass(frozen=True)
class LearningMaterial:
    """What a matcher learns from, as Rasa's training gives it."""

    phrases: list[tuple[str, str]]
    """Each with its label."""
    development: list[LabelledQuestion]
    long_wait: int

    @property
    def counts(self) -> Counter[str]:
        """How many phrases each label has."""
        return Counter(label for _, label in self.phrases)


def learning_material(settings: Settings) -> LearningMaterial:
    """The phrases of ``data/nlu`` and the page's own questions; raises ``DeskError`` if they cannot be read."""
    own = content(settings)
    examples = read_examples(settings.content / "data" / "nlu")
    phrases = [(example.text, label_of(example.intent)) for example in examples]
    phrases += [(entry.question, entry.id) for entry in own.faq]
    return LearningMaterial(phrases, development_questions(settings), own.promotion.contact_after_days.value)


def learnt_by(settings: Settings) -> list[Path]:
    """The files beside Rasa's own training data that a model depends on: the code that learns, and what it is set by."""
    files = [ROOT / "bot" / "matching" / f"{name}.py" for name in (*LEARNING, "encoder_export")]
    content_files = (settings.content / DEVELOPMENT, settings.content / "faq" / "promotion.yml")
    return [*files, *(file for file in content_files if file.exists())]


def intake(settings: Settings) -> Intake:
    """The way in for messages, in the process that masks them."""
    from bot.matching.claim_details import ClaimDetailFinder

    desk = lookup_desk(settings)
    receive = partial(
        receive_message,
        finder=ClaimDetailFinder(desk.promotion.claim_reference),
        lookups=desk.lookups,
        reference_format=desk.promotion.claim_reference,
    )
    return Intake(receive, desk.wording)


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
