"""Puts the desk together: the one place that knows every adapter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Engine

from bot.adapters.clock import FixedClock, SystemClock
from bot.adapters.faq_files import read_faq
from bot.adapters.health import check_database, check_http
from bot.adapters.promotion_file import read_promotion
from bot.adapters.rasa_http import RasaBot
from bot.adapters.replies_file import read_wording
from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.enquiries import SqlEnquiries
from bot.adapters.sql.lookups import SqlLookups
from bot.adapters.sql.products import SqlProducts
from bot.adapters.vocabulary_file import read_vocabulary
from bot.config import Settings
from bot.core.faq import Faq
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.gateway import Check, Gateway
from bot.services.ports import Claims, Clock, Lookups, Products
from bot.services.receive_message import receive_message

if TYPE_CHECKING:
    from bot.matching.readers import PurchaseReader

# What understands language is imported where it is used: the gateway and the action server do without it, and start at once.


@dataclass(frozen=True)
class Content:
    """What the desk says, and the day it says it on."""

    faq: Faq
    promotion: Promotion
    wording: Wording
    clock: Clock


@dataclass(frozen=True)
class LookupDesk:
    """Everything the custom actions work with."""

    claims: Claims
    products: Products
    lookups: Lookups
    promotion: Promotion
    wording: Wording
    clock: Clock


@dataclass(frozen=True)
class Intake:
    """How a customer's message is taken in."""

    receive: Callable[[str, str], str]
    """Conversation and text to masked text; what a look-up needs is kept on the way."""
    wording: Wording


def content(settings: Settings) -> Content:
    """The content as it stands in the files; raises ``DeskError`` if it cannot be read."""
    folder = settings.content / "faq"
    promotion = read_promotion(folder / "promotion.yml")
    return Content(read_faq(folder), promotion, read_wording(folder / "replies"), clock_for(settings, promotion))


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
    from bot.matching.encoder import exported_encoder

    return exported_encoder(settings.encoder, settings.cache)


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
    rasa = RasaBot(settings.rasa_url, settings.secret)
    return Gateway(
        bot=rasa,
        conversations=SqlConversations(desk),
        enquiries=SqlEnquiries(desk),
        faq=own.faq,
        promotion=own.promotion,
        wording=own.wording,
        clock=own.clock,
        secret=settings.secret,
        is_demonstration=settings.today is not None,
        checks={
            "rasa": rasa.check,
            "action_server": partial(check_http, f"{settings.actions_url}/health"),
            "desk_database": _check_in_thread(desk, "conversations"),
            "claims_database": _check_in_thread(claims, "claims"),
        },
    )


def clock_for(settings: Settings, promotion: Promotion) -> Clock:
    """The fixed day of the settings, or the real one."""
    if settings.today:
        return FixedClock(settings.today, promotion.time_zone)
    return SystemClock(promotion.time_zone)


def _check_in_thread(engine: Engine, table: str) -> Check:
    async def check() -> None:
        await asyncio.to_thread(check_database, engine, table)

    return check
