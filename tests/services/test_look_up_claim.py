"""What a customer is told who asks for a claim."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.replies_file import read_wording
from bot.core.replies import Link, ReplyKind
from bot.services.find_claim import FAILURES_ALLOWED
from bot.services.look_up_claim import Told, look_up_claim
from bot.services.ports import LookupDetails, Unavailable
from tests.claims import SUBMITTED, VALIDATED
from tests.fakes import FakeClaims, FakeClock, FakeLookups
from tests.promotions import lenovo_like, undisputed

WORDING = read_wording(Path(__file__).parents[2] / "faq" / "replies")
FORM = Link("Contact form", "/contact")
OWNER = LookupDetails(VALIDATED.reference, VALIDATED.email)


def clock_on(day: date) -> FakeClock:
    return FakeClock(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("CET")))


class Desk:
    """The desk of one conversation, ``here``."""

    def __init__(self, details: LookupDetails, claims: FakeClaims | None = None) -> None:
        self.claims = claims or FakeClaims([VALIDATED])
        self.lookups = FakeLookups()
        self.lookups.keep("here", details)
        self.clock = clock_on(date(2024, 2, 20))
        self.promotion = lenovo_like()

    def ask(self, topic: str = "claim_status") -> Told:
        return look_up_claim(
            "here",
            topic,
            claims=self.claims,
            lookups=self.lookups,
            promotion=self.promotion,
            wording=WORDING,
            clock=self.clock,
        )


@pytest.mark.parametrize(
    ("details", "asked_for"),
    [
        (LookupDetails(), "two things: its reference, which looks like LEN-000000, and the e-mail address"),
        (LookupDetails(reference=VALIDATED.reference), "still need the e-mail address"),
        (LookupDetails(email=VALIDATED.email), "still need its reference. It looks like LEN-000000"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_else(details: LookupDetails, asked_for: str) -> None:
    told = Desk(details).ask()
    assert asked_for in told.reply.text
    assert told.reply.kind is ReplyKind.QUESTION
    assert told.is_open


def test_another_promotions_references_look_as_its_own_do() -> None:
    desk = Desk(LookupDetails())
    desk.promotion = undisputed()
    assert "ALM-00000," in desk.ask().reply.text


def test_the_owner_is_told_where_the_claim_stands() -> None:
    told = Desk(OWNER).ask()
    assert (told.reply.kind, told.is_open) == (ReplyKind.LOOKUP, False)
    assert "was submitted on 2 October 2023 and validated on 10 January 2024" in told.reply.text


def test_whoever_asks_for_the_money_is_told_of_the_money() -> None:
    told = Desk(OWNER).ask("payment_timing_lookup").reply.text
    assert "due by 24 February 2024" in told, "45 days after 10 January"
    assert "Harbour Dock" not in told


def test_the_days_to_the_payment_are_the_promotions() -> None:
    desk = Desk(OWNER)
    desk.promotion = undisputed()
    desk.clock = clock_on(date(2024, 1, 20))
    assert "due by 9 February 2024" in desk.ask("payment_timing_lookup").reply.text


def test_a_failed_look_up_waits_for_better_details_and_says_the_same_whatever_was_wrong() -> None:
    wrong = [
        Desk(LookupDetails("LEN-404404", VALIDATED.email)).ask(),
        Desk(LookupDetails(VALIDATED.reference, "noise@noise.example")).ask(),
    ]
    assert wrong[0] == wrong[1]
    assert wrong[0].is_open
    assert wrong[0].reply.links == (FORM,)


def test_after_too_many_attempts_nothing_more_is_asked_for() -> None:
    desk = Desk(LookupDetails(VALIDATED.reference, "noise@noise.example"))
    for _ in range(FAILURES_ALLOWED):
        assert desk.ask().is_open
    locked = desk.ask()
    assert not locked.is_open
    assert "cannot look up this claim here at the moment" in locked.reply.text
    desk.clock.move(timedelta(hours=2))
    assert desk.ask().is_open


def test_nothing_of_a_claim_is_told_to_anybody_else() -> None:
    told = Desk(LookupDetails(SUBMITTED.reference, "noise@noise.example"), FakeClaims([SUBMITTED])).ask().reply.text
    for secret in (SUBMITTED.email, SUBMITTED.company, "Harbour Dock", "2 October 2023"):
        assert secret not in told


def test_an_outage_is_passed_on() -> None:
    with pytest.raises(Unavailable):
        Desk(OWNER, FakeClaims(is_down=True)).ask()
