"""Reads the promotion's typed facts from ``faq/promotion.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.adapters.content_mistakes import Mistakes
from bot.adapters.yaml_nodes import Keys, open_mapping
from bot.core.findings import Acknowledgement, Place
from bot.core.promotion import CountedFact, DatedFact, Promotion, Reading, ReferenceFormat, StatedFact
from bot.services.content_errors import ContentError

DATED = ("purchases_from", "purchases_until", "claims_until")
COUNTED = ("products_per_claim", "payment_days", "bank_days", "contact_after_days")
STATED = (
    "cashback_in_total", "who_may_claim", "third_party_claims", "refused_sellers",
    "accepted_documents", "refused_documents", "product_list",
)  # fmt: skip


@dataclass(frozen=True)
class PromotionFile:
    """The promotion, and what its owner knows to be wrong on the page."""

    promotion: Promotion
    acknowledged: tuple[Acknowledgement, ...]
    places: Mapping[str, Place]
    """Where each fact stands, by its name."""


def read_promotion(path: Path) -> Promotion:
    """The promotion alone; raises ``ContentError`` with all mistakes."""
    return read_promotion_file(path).promotion


def read_promotion_file(path: Path) -> PromotionFile:
    """The promotion with its acknowledgements and places; raises ``ContentError`` with all mistakes."""
    mistakes = Mistakes()
    keys = open_mapping(path, f"{path.parent.name}/{path.name}", mistakes)
    if keys is None:
        raise ContentError(mistakes.findings)
    facts = keys.inside("facts", entry="facts")
    typed: dict[str, Any] = {name: _dated(facts, name) for name in DATED}
    typed |= {name: _counted(facts, name) for name in COUNTED}
    typed |= {name: _stated(facts, name) for name in STATED}
    if facts:
        facts.refuse_others()
    acknowledged = tuple(_acknowledgement(item) for item in keys.list_of_keys("acknowledged", optional=True))
    promotion = Promotion(
        key=_key(keys),
        name=keys.text("name"),
        time_zone=_time_zone(keys),
        claim_reference=_reference_format(keys),
        demonstration_date=keys.day("demonstration_date") or date.min,
        **typed,
    )
    keys.refuse_others()
    mistakes.raise_if_any()
    places = {name: facts.place_of(name) for name in (*DATED, *COUNTED, *STATED)} if facts else {}
    return PromotionFile(promotion, acknowledged, places)


def _key(keys: Keys) -> str:
    key = keys.text("key")
    if key and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        keys.complain_at("key", f"the key {key!r} is not allowed", "use small letters, digits and hyphens only")
    return key


def _time_zone(keys: Keys) -> ZoneInfo:
    name = keys.text("time_zone")
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        keys.complain_at("time_zone", f"there is no time zone {name!r}", "write a name such as CET or Europe/Berlin")
        return ZoneInfo("UTC")


def _reference_format(keys: Keys) -> ReferenceFormat:
    inside = keys.inside("claim_reference", entry="claim_reference")
    if inside is None:
        return ReferenceFormat("", 0)
    prefix, digits = inside.text("prefix"), inside.whole_number("digits")
    if prefix and not re.fullmatch(r"[A-Z]{1,6}", prefix):
        inside.complain_at("prefix", f"the prefix is {prefix!r}", "write one to six capital letters")
    if inside.has("digits") and not 3 <= digits <= 12:
        inside.complain_at("digits", f"a reference with {digits} digits", "write a number from 3 to 12")
    inside.refuse_others()
    return ReferenceFormat(prefix, digits)


def _dated(facts: Keys | None, name: str) -> DatedFact:
    inside = facts.inside(name, entry=name) if facts else None
    if inside is None:
        return DatedFact(())
    items = inside.list_of_keys("readings") if inside.has("readings") else [inside]
    readings = []
    for item in items:
        item.entry = name
        value, entries = item.day("value"), item.texts("entries")
        if value is not None:
            readings.append(Reading(value, entries))
        if item is not inside:
            item.refuse_others()
    if len({reading.value for reading in readings}) < len(readings):
        inside.complain_at("readings", "two readings with the same date", "write one reading with the entries of both")
    inside.refuse_others()
    return DatedFact(tuple(readings))


def _counted(facts: Keys | None, name: str) -> CountedFact:
    inside = facts.inside(name, entry=name) if facts else None
    if inside is None:
        return CountedFact(0, ())
    fact = CountedFact(inside.whole_number("value"), inside.texts("entries"))
    inside.refuse_others()
    return fact


def _stated(facts: Keys | None, name: str) -> StatedFact:
    inside = facts.inside(name, entry=name) if facts else None
    if inside is None:
        return StatedFact("", ())
    fact = StatedFact(inside.text("value"), inside.texts("entries"))
    inside.refuse_others()
    return fact


def _acknowledgement(keys: Keys) -> Acknowledgement:
    finding = keys.text("finding")
    keys.entry = finding or "acknowledged"
    made = Acknowledgement(finding, keys.texts("readings"), keys.text("because"), keys.place)
    keys.refuse_others()
    return made
