"""Proposals to be tried, and what became of a try."""

from __future__ import annotations

import io

from rich.console import Console

from bot.bootstrap_console import gap_desk
from bot.config import Settings
from bot.core.proposals import Change, Way
from bot.core.tries import Try
from bot.services.find_gaps import GapDesk
from bot.services.gap_ports import Draft
from tests.commands.proposals.small_promotion import PROMOTION
from tests.gaps import LEAD, NOON

DECAF = Change(
    Way.ENTRY,
    ("does it make decaf", "can it brew decaf coffee", "decaf possible?", "is decaffeinated coffee okay in it"),
    label="decaf",
    section="section_1",
    question="Can the machine brew decaf?",
    answer="Yes, every machine on the list brews decaf.",
)


def proposed(settings: Settings, change: Change) -> tuple[GapDesk, int]:
    desk = gap_desk(settings, PROMOTION)
    return desk, desk.proposals.add(PROMOTION, Draft(change, "k", "decaf?", ()), LEAD, NOON)


def last_try(desk: GapDesk, number: int) -> Try:
    return desk.tries.newest([number])[number]


def terminal() -> Console:
    return Console(file=io.StringIO(), soft_wrap=True, width=100)
