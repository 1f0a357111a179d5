"""The promotion's typed facts, and where its page gives two values for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Reading:
    """One value the page gives for a date, and the entries that give it."""

    value: date
    entries: tuple[str, ...]


@dataclass(frozen=True)
class DatedFact:
    """A date of the promotion; several readings where the page contradicts itself."""

    readings: tuple[Reading, ...]

    @property
    def earliest(self) -> date:
        """The date that is safe under every reading, if it is a last day."""
        return min(reading.value for reading in self.readings)

    @property
    def latest(self) -> date:
        return max(reading.value for reading in self.readings)

    @property
    def is_disputed(self) -> bool:
        return self.earliest != self.latest

    @property
    def entries(self) -> frozenset[str]:
        """The ids of all entries that give this date."""
        return frozenset(entry for reading in self.readings for entry in reading.entries)


@dataclass(frozen=True)
class CountedFact:
    """A number of the promotion (products, days), and the entries that give it."""

    value: int
    entries: tuple[str, ...]


@dataclass(frozen=True)
class StatedFact:
    """Something the page says in words, kept as it writes it, and the entries that say it."""

    value: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class ReferenceFormat:
    """What a claim reference looks like: letters, a hyphen, digits."""

    prefix: str
    digits: int

    def __str__(self) -> str:
        return f"{self.prefix}-" + "0" * self.digits

    def join(self, digits: str) -> str:
        """The reference in its one official spelling."""
        return f"{self.prefix}-{digits}"


@dataclass(frozen=True)
class Promotion:
    """Everything about one promotion that rules and computations rest on."""

    key: str
    name: str
    time_zone: ZoneInfo
    claim_reference: ReferenceFormat
    demonstration_date: date
    purchases_from: DatedFact
    purchases_until: DatedFact
    claims_until: DatedFact
    products_per_claim: CountedFact
    cashback_in_total: StatedFact
    payment_days: CountedFact
    """Calendar days from validation to payment."""
    bank_days: CountedFact
    """Calendar days the bank may take beyond that."""
    contact_after_days: CountedFact
    """Calendar days from validation after which the customer should contact customer service."""
    who_may_claim: StatedFact
    third_party_claims: StatedFact
    refused_sellers: StatedFact
    accepted_documents: StatedFact
    refused_documents: StatedFact
    product_list: StatedFact
