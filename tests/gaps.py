"""Conversations with questions that were not settled, as they stand in the desk database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Union

from sqlalchemy.engine import Engine

from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.tickets import SqlTickets
from bot.core.agents import Agent, Role
from bot.core.conversations import Message, OfferedButton, new_id
from bot.core.replies import Button, Reply, ReplyKind
from bot.core.tickets import Ticket

NOON = datetime(2023, 12, 10, 12, 0, tzinfo=timezone.utc)
PROMOTION = "lenovo-accessories-2023"
LEAD = Agent("lead-1", "lea@desk.example", "Lea", Role.LEAD)
TURNED_AWAY = Reply(ReplyKind.NOTICE, "I cannot answer that.", why="turns it away: no answer with 0.98, so x with 0.01 is less than 0.04 times as likely")  # fmt: skip
ANSWER = Reply(ReplyKind.ANSWER, "Within 45 days.", faq_id="how_long_for_discount", why="answers it with 0.93")
HAND_OFF = Reply(ReplyKind.HANDOFF, "Here is the form.", why="answers talk_to_human with 0.97, at least 0.59")
THANKS = Reply(ReplyKind.NOTICE, "You are welcome!", why="answers thanks with 0.99, at least 0.59")
CHOICE = Reply(
    ReplyKind.SUGGESTIONS,
    "Did you mean one of these?",
    buttons=(Button("How long will it take?", "faq:how_long"), Button("None of these", "intent:deny")),
    why="suggests how_long with 0.40: too unsure to answer, which takes 0.59",
)
"""Replies of the desk."""

Said = Union[str, Reply]


def messages(*said: Said, at: datetime = NOON) -> list[Message]:
    """What the customer said (texts) and what the desk replied, a minute apart."""
    return [_message(one, at + timedelta(minutes=place)) for place, one in enumerate(said)]


def hold(engine: Engine, *said: Said, at: datetime = NOON, promotion: str = PROMOTION) -> list[Message]:
    """A conversation of a new customer, kept."""
    store = SqlConversations(engine)
    begun = store.start(new_id(), promotion, at)
    made = messages(*said, at=at)
    store.add(begun.id, *made)
    for message in made:
        _CONVERSATION_OF[message.id] = begun.id
    return made


def thumb_down(engine: Engine, reply: Message, reason: str = "") -> None:
    kept = SqlConversations(engine).rate(_CONVERSATION_OF[reply.id], reply.id, helpful=False, reason=reason, at=NOON)
    assert kept


def open_ticket(engine: Engine, said: Sequence[Message], at: datetime) -> str:
    """A ticket sent from the conversation of these messages; its reference."""
    made = Ticket(PROMOTION, _CONVERSATION_OF[said[0].id], "Ane Birk", "ane@birkvik.example", "Where is it?", at)
    return SqlTickets(engine).open(made, new_id(), lambda reference: [])


_CONVERSATION_OF: dict[str, str] = {}


def _message(said: Said, at: datetime) -> Message:
    if isinstance(said, str):
        return Message(new_id(), at, said)
    buttons = tuple(OfferedButton(new_id(), button.label, button.command) for button in said.buttons)
    return Message(new_id(), at, said.text, said, buttons)
