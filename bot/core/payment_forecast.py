"""The days of a claim's payment, each with the facts of the promotion that it is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.core.claims import Claim, ClaimState
from bot.core.promotion import CountedFact, Promotion


class Milestone(str, Enum):
    """What a day of the forecast is."""

    DUE_BY = "due_by"
    BANK_UNTIL = "bank_until"
    CONTACT_AFTER = "contact_after"


@dataclass(frozen=True)
class NamedFact:
    """A number of days of the promotion, with the name it has in ``faq/promotion.yml``."""

    name: str
    days: int
    entries: tuple[str, ...]
    """The entries of the page that say so."""


@dataclass(frozen=True)
class ForecastDay:
    """One day: a start and the calendar days that are added to it."""

    milestone: Milestone
    start: date
    facts: tuple[NamedFact, ...]

    @property
    def day(self) -> date:
        return self.start + timedelta(days=sum(fact.days for fact in self.facts))


def payment_forecast(claim: Claim, promotion: Promotion) -> tuple[ForecastDay, ...]:
    """The days of a claim that was validated, paid or not; none for any other, because they count from the validation."""
    if claim.validated_on is None or claim.state not in (ClaimState.VALIDATED, ClaimState.PAID):
        return ()
    payment = _named("payment_days", promotion.payment_days)
    bank = _named("bank_days", promotion.bank_days)
    contact = _named("contact_after_days", promotion.contact_after_days)
    return (
        ForecastDay(Milestone.DUE_BY, claim.validated_on, (payment,)),
        ForecastDay(Milestone.BANK_UNTIL, claim.validated_on, (payment, bank)),
        ForecastDay(Milestone.CONTACT_AFTER, claim.validated_on, (contact,)),
    )


def counting_fact(promotion: Promotion) -> NamedFact:
    """What a claim that is not validated yet waits for: the days that begin with its validation."""
    return _named("payment_days", promotion.payment_days)


def _named(name: str, fact: CountedFact) -> NamedFact:
    return NamedFact(name, fact.value, fact.entries)
