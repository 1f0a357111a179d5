"""A desk where customers look claims up, and what it tells them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.claims import Claim
from bot.services.find_claim import LookupOutcome, LookupResult, find_claim
from bot.services.keep_details import keep_details
from tests.claims import PAID, SUBMITTED
from tests.fakes import FakeClaims, FakeClock, FakeLookups

NOON = datetime(2023, 10, 5, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
NOBODYS = "LEN-615205"
NOT_FOUND = LookupOutcome(LookupResult.NOT_FOUND)
LOCKED = LookupOutcome(LookupResult.TOO_MANY_ATTEMPTS)


@dataclass
class Desk:
    """A desk with one claim and another customer's."""

    claims: FakeClaims = field(
        default_factory=lambda: FakeClaims(
            [SUBMITTED, replace(PAID, reference="LEN-300300", email="noise@noise.example")]
        )
    )
    lookups: FakeLookups = field(default_factory=FakeLookups)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))
    waits: list[float] = field(default_factory=list)

    def ask(
        self,
        reference: str | None = None,
        email: str | None = None,
        *,
        conversation: str = "here",
        turn: str | None = None,
    ) -> LookupOutcome:
        keep_details(conversation, reference, email, self.lookups)
        return find_claim(
            conversation, claims=self.claims, lookups=self.lookups, clock=self.clock, turn=turn, wait=self.waits.append
        )

    def found(self, claim: Claim = SUBMITTED) -> LookupOutcome:
        return LookupOutcome(LookupResult.FOUND, claim)
