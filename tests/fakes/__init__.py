"""Hand-written stand-ins for the ports; each passes the same tests as the adapter it stands for."""

from __future__ import annotations

from tests.fakes.bot import FakeBot
from tests.fakes.claims import FakeClaims, FakeProducts
from tests.fakes.clock import FakeClock
from tests.fakes.conversations import FakeConversations
from tests.fakes.faq import WatchedFaq
from tests.fakes.lookups import FakeAttempt, FakeLookups
from tests.fakes.tickets import FakeBacklogs, FakeTickets, FakeUploads
from tests.fakes.tries import FakeTryRunner

__all__ = [
    "FakeAttempt",
    "FakeBacklogs",
    "FakeBot",
    "FakeClaims",
    "FakeClock",
    "FakeConversations",
    "FakeLookups",
    "FakeProducts",
    "FakeTickets",
    "FakeTryRunner",
    "FakeUploads",
    "WatchedFaq",
]
