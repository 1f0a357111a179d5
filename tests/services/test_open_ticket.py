"""A ticket is opened with everything that belongs to it, or refused."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.core.conversations import Conversation, Message
from bot.core.replies import Reply, ReplyKind
from bot.core.tickets import GivenAnswer
from bot.services.open_ticket import Given, InvalidTicket, TicketDesk, open_ticket
from tests.fakes import FakeClock, FakeConversations, FakeTickets
from tests.promotions import undisputed

NOON = datetime(2025, 4, 10, 12, 0, tzinfo=timezone.utc)
FILLED = {"name": "Ane Birk", "email": "ane@birkvik.example", "message": "Please\r\nlook."}


def test_a_ticket_is_kept_with_everything_that_belongs_to_it(desk: TicketDesk, conversation: Conversation) -> None:
    reference = open_ticket(desk, conversation, FILLED, Given("form"))

    assert isinstance(desk.tickets, FakeTickets)
    ticket = desk.tickets.kept[reference]
    assert reference == "T-2025-000001"
    assert (ticket.promotion, ticket.message, ticket.at) == ("almena-lamps-2025", "Please\nlook.", NOON)


def test_the_transcript_hides_personal_data_but_keeps_approved_words(
    desk: TicketDesk, conversation: Conversation
) -> None:
    answer = Reply(ReplyKind.ANSWER, "Fax it to 0049 7031 7632 5563.", faq_id="fax")
    told = Reply(ReplyKind.LOOKUP, "Your claim ALM-48213 is paid.")
    desk.conversations.add(
        conversation.id, Message("1", NOON, answer.text, answer), Message("2", NOON, told.text, told)
    )

    reference = open_ticket(desk, conversation, FILLED, Given("form", shown_until="2", kept_lines={"1", "2"}))

    assert isinstance(desk.tickets, FakeTickets)
    first, second = desk.tickets.kept[reference].transcript
    assert first.text == answer.text
    assert "48213" not in second.text and "is paid" in second.text


@pytest.mark.parametrize(
    "email",
    [
        "ane",
        "ane@",
        "@birkvik.example",
        "ane@birkvik",
        "a b@c.example",
        "a@b@c.example",
        "ane@birkvik..example",
        "<a@b.example>",
        "a@b.example\nBcc: c@d.example",
        "a@-b.example",
        "a@b_.example",
        "a@" + "b" * 64 + ".example",
        '"a b"@c.example',
        "a(comment)@b.example",
        "a:b@c.example",
        "=?utf-8?q?a=0d=0aBcc=3ax=40evil.com?=@example.com",
        "a=?@c.example",
    ],
)
def test_an_address_that_cannot_be_answered_is_refused(
    desk: TicketDesk, conversation: Conversation, email: str
) -> None:
    with pytest.raises(InvalidTicket) as refused:
        open_ticket(desk, conversation, {**FILLED, "email": email}, Given("form"))

    assert refused.value.problems == {"email": "ticket_email_unreadable"}


def test_all_problems_are_told_at_once(desk: TicketDesk, conversation: Conversation) -> None:
    typed = {"name": "\u202e", "message": "m" * 4001, "company": "c" * 101}

    with pytest.raises(InvalidTicket) as refused:
        open_ticket(desk, conversation, typed, Given("form"))

    assert refused.value.problems == {
        "name": "ticket_name_missing",
        "email": "ticket_email_missing",
        "company": "ticket_company_too_long",
        "message": "ticket_message_too_long",
    }


@pytest.mark.parametrize(
    "email", ["o'hara+x@birkvik.example", "ANE@Birkvik.example", "åse@bücher.example", "a@b.c.d.example"]
)
def test_an_unusual_address_is_taken(desk: TicketDesk, conversation: Conversation, email: str) -> None:
    assert open_ticket(desk, conversation, {**FILLED, "email": email}, Given("form"))


def test_a_topic_is_one_of_those_offered_or_none(desk: TicketDesk, conversation: Conversation) -> None:
    open_ticket(desk, conversation, {**FILLED, "topic": "My claim"}, Given("form"))
    with pytest.raises(InvalidTicket) as refused:
        open_ticket(desk, conversation, {**FILLED, "topic": "<b>"}, Given("another form"))
    assert refused.value.problems == {"topic": "ticket_topic_unknown"}


def test_a_ticket_keeps_what_was_answered_and_why(desk: TicketDesk, conversation: Conversation) -> None:
    answer = Reply(ReplyKind.ANSWER, "No.", faq_id="cash", version="abc", why="answers cash with 0.93, at least 0.50")
    desk.conversations.add(conversation.id, Message("1", NOON, "Cash?"), Message("2", NOON, "No.", answer))

    reference = open_ticket(desk, conversation, FILLED, Given("form", "2", {"2"}))

    assert isinstance(desk.tickets, FakeTickets)
    ticket = desk.tickets.kept[reference]
    assert ticket.answers == (GivenAnswer("answer", "cash", "abc", answer.why),)
    assert (len(ticket.transcript), ticket.lines_left_out) == (1, 1)


@pytest.fixture
def desk() -> TicketDesk:
    return TicketDesk(
        FakeTickets(),
        FakeConversations(),
        undisputed(),
        FakeClock(NOON),
        ["My claim"],
        lambda reference, ticket, follows: [],
    )


@pytest.fixture
def conversation(desk: TicketDesk) -> Conversation:
    return desk.conversations.start("session", "lamps", NOON)
