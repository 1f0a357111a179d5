"""``promodesk sample-activity``: some weeks of invented conversations, thumbs and tickets, to show the agents' desk with."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from rich.console import Console
from sqlalchemy.engine import Engine

from bot.adapters.products_csv import read_products
from bot.adapters.sample_claims import sample_claims
from bot.adapters.sample_content import read_sample_content
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_activity import import_conversations, set_ticket_state
from bot.adapters.sql.lookups import SqlLookups
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.tickets import SqlTickets
from bot.bootstrap_content import content
from bot.config import Settings
from bot.core.faq import Faq
from bot.core.sample_activity import InventedConversation, InventedTicket
from bot.core.wording import Wording
from bot.services.invent_activity import invent_conversations, invent_tickets
from bot.services.invent_replies import InventingDesk
from bot.services.open_ticket import Given, TicketDesk, open_ticket
from bot.services.ports import InvalidInput
from bot.services.prefill_ticket import topics

_SPELT = {"å": "aa", "ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe"}


@dataclass(frozen=True)
class _Moment:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


def sample_activity(settings: Settings, demo: bool = False, console: Console | None = None) -> int:
    """Fill an empty desk with what might have happened in the weeks before the demonstration.

    Raises ``InvalidInput`` on a desk that acts on the real date, or has conversations or tickets already.
    """
    own = content(settings)
    today = settings.today or (own.promotion.demonstration_date if demo else None)
    if today is None:
        raise InvalidInput(
            "sample activity is for demonstrations: set PROMODESK_TODAY, or give --demo for the promotion's demonstration date"
        )
    folder = settings.content / "faq"
    products = read_products(folder / "products.csv")
    desk = InventingDesk(
        own.faq,
        own.promotion,
        own.wording,
        claims=sample_claims(own.promotion, products, today),
        products=[product.name for product in products],
    )
    sample = read_sample_content(folder / "sample" / "activity.yml", own.faq)
    conversations = invent_conversations(desk, sample, today)
    tickets = invent_tickets(conversations, sample, today, own.promotion)
    migrate(settings.database_url, "desk")
    engine = make_engine(settings.database_url)
    import_conversations(engine, conversations)
    _record_attempts(engine, settings, conversations)
    _open_tickets(engine, desk, tickets)
    _tell(conversations, tickets, console)
    return 0


def add_activity_if_empty(settings: Settings, console: Console | None = None) -> None:
    """As ``sample_activity``, where the promotion has some and nothing has happened yet."""
    if (settings.content / "faq" / "sample" / "activity.yml").exists():
        with suppress(InvalidInput):
            sample_activity(settings, console=console)


def _record_attempts(engine: Engine, settings: Settings, conversations: list[InventedConversation]) -> None:
    lookups = SqlLookups(engine, settings.secret)
    for one in conversations:
        for attempt in one.attempts:
            lookups.record_attempt(one.conversation.id, **attempt.__dict__)


def _open_tickets(engine: Engine, desk: InventingDesk, tickets: list[InventedTicket]) -> None:
    """By the same way as the contact form, but without mails and files."""
    for number, one in enumerate(tickets, start=1):
        messages = one.conversation.messages
        opening = TicketDesk(
            tickets=SqlTickets(engine),
            conversations=SqlConversations(engine),
            promotion=desk.promotion,
            clock=_Moment(one.opened_at),
            topics=topics(desk.faq, desk.wording),
            mails=lambda _reference, _ticket, _follows: (),
        )
        typed = {
            "topic": _topic(one.ticket.about, desk.faq, desk.wording),
            "name": one.ticket.name,
            "email": _address(one.ticket.name, one.ticket.company),
            "company": one.ticket.company,
            "message": one.ticket.message,
        }
        given = Given(f"sample {number}", messages[-1].id, frozenset(message.id for message in messages))
        reference = open_ticket(opening, one.conversation.conversation, typed, given)
        for state, at in one.steps:
            set_ticket_state(engine, reference, state, at)


def _topic(about: str, faq: Faq, wording: Wording) -> str:
    """The topic as the form has it; one that is no section of this page counts as anything else."""
    key = f"contact_topic_{about}"
    if key in wording:
        return wording.say(key)
    return about if about in {title for title, _ in faq.sections()} else wording.say("contact_topic_other")


def _address(name: str, company: str) -> str:
    """An address that reaches nobody: names that end in ``.example`` belong to nobody."""
    first, last = (_ascii(part) for part in (name.split()[0], (company or name).split()[0]))
    return f"{first}@{last}.example"


def _ascii(name: str) -> str:
    spelt = "".join(_SPELT.get(letter, letter) for letter in name.lower())
    return "".join(letter for letter in spelt if letter.isascii() and letter.isalnum())


def _tell(conversations: list[InventedConversation], tickets: list[InventedTicket], console: Console | None) -> None:
    messages = sum(len(one.messages) for one in conversations)
    verdicts = sum(len(one.verdicts) for one in conversations)
    attempts = sum(len(one.attempts) for one in conversations)
    line = (
        f"Sample activity: {len(conversations)} invented conversations with {messages} messages, {verdicts} thumbs and "
        f"{attempts} look-ups, {len(tickets)} tickets."
    )
    (console or Console(soft_wrap=True, highlight=False)).print(line, markup=False)
