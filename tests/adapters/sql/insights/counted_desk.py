"""A desk database that is written to as the desk writes to it, and counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.insights import SqlMeasures
from bot.adapters.sql.lookups import SqlLookups
from bot.adapters.sql.tickets import SqlTickets
from bot.core.conversations import Message
from bot.core.periods import Period
from bot.core.replies import Reply, ReplyKind
from bot.core.tickets import Ticket
from bot.services.insight_ports import Counts, Days, LockRule

ZONE = ZoneInfo("Europe/Copenhagen")
KEY = "lamps"
RULE = LockRule(5, timedelta(minutes=15), timedelta(hours=1))
PERIOD = Period(date(2023, 12, 1), date(2023, 12, 2))
NOW = datetime(2023, 12, 2, 18, 0, tzinfo=ZONE)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2023, 12, day, hour, minute, second, tzinfo=ZONE)


class Desk:
    """A desk database that is written to as the desk writes to it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.conversations = SqlConversations(engine)
        self.lookups = SqlLookups(engine, "secret")
        self._count = 0

    def begin(self, moment: datetime, promotion: str = KEY) -> str:
        self._count += 1
        return self.conversations.start(f"session {self._count}", promotion, moment).id

    def say(
        self, conversation: str, moment: datetime, *replies: Reply, late: timedelta = timedelta(seconds=1)
    ) -> list[str]:
        """One message of a customer with its replies; the replies' ids."""
        self._count += 1
        ids = [f"reply {self._count} {place}" for place in range(len(replies))]
        self.conversations.add(conversation, Message(f"said {self._count}", moment, "where is my money"))
        self.conversations.add(
            conversation, *(Message(id, moment + late, reply.text, reply) for id, reply in zip(ids, replies))
        )
        return ids

    def open_ticket(
        self, moment: datetime, conversation: str = "", promotion: str = KEY, topic: str = "My claim"
    ) -> str:
        self._count += 1
        ticket = Ticket(promotion, conversation, "Ane", "ane@birkvik.example", "Hello", moment, topic=topic)
        return SqlTickets(self.engine).open(ticket, f"form {self._count}", lambda _: [])

    def count(self, period: Period = PERIOD) -> Counts:
        return SqlMeasures(self.engine).count(Days(KEY, period, ZONE), RULE, NOW)


TALKS = "answers thanks with 0.98, at least 0.50"
MISSES = "turns it away: no answer with 0.91, so cash with 0.03 is less than 1.50 times as likely"


def answer(faq_id: str = "cash", version: str = "v1") -> Reply:
    return Reply(
        ReplyKind.ANSWER, "By bank transfer.", faq_id, version, why=f"answers {faq_id} with 0.93, at least 0.50"
    )


def reply(kind: ReplyKind, why: str = "") -> Reply:
    return Reply(kind, "…", why=why)
