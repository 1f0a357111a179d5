"""The same words with the same lines, in the same conversation moments ago, are the same message; other files are more."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest

from bot.core.conversations import Conversation, Message
from bot.core.tickets import TicketFile
from bot.services.keep_uploads import SentFile, digest_of
from bot.services.open_ticket import Given, TicketDesk, open_ticket
from bot.services.recognise_message import MOMENTS, brings_more, is_about, sent_moments_ago
from bot.services.ticket_ports import KeptTicket
from tests.fakes import FakeClock, FakeConversations, FakeTickets, FakeUploads
from tests.promotions import undisputed

NOON = datetime(2025, 4, 10, 12, 0, tzinfo=timezone.utc)
FILLED = {"name": "Ane Birk", "email": "ane@birkvik.example", "message": "Please\r\nlook."}
LINES = Given("another form", shown_until="2", kept_lines={"1", "2"})
FILE = TicketFile("the-id", "a.pdf", "application/pdf", 3)


def test_the_same_message_is_found_whatever_form_it_comes_from(desk: TicketDesk, conversation: Conversation) -> None:
    reference = open_ticket(desk, conversation, FILLED, Given("form", "2", {"1", "2"}))

    assert [kept.reference for kept in sent_moments_ago(desk, conversation, FILLED, LINES)] == [reference]


@pytest.mark.parametrize("field", ["name", "email", "message", "company", "claim_reference", "topic"])
def test_another_word_in_any_field_is_another_message(desk: TicketDesk, conversation: Conversation, field: str) -> None:
    open_ticket(desk, conversation, FILLED, LINES)

    for other in ({**FILLED, field: "My claim"}, {**FILLED, field: ""}):
        if other.get(field) != FILLED.get(field, ""):
            assert sent_moments_ago(desk, conversation, other, LINES) == []


def test_how_a_line_ends_and_spaces_around_make_no_other_message(desk: TicketDesk, conversation: Conversation) -> None:
    open_ticket(desk, conversation, FILLED, LINES)

    assert sent_moments_ago(desk, conversation, {**FILLED, "message": " Please\nlook. ", "name": "Ane  Birk"}, LINES)


@pytest.mark.parametrize("given", [Given("f", "2", {"1"}), Given("f", "1", {"1"}), Given("f")])
def test_other_lines_are_another_message(desk: TicketDesk, conversation: Conversation, given: Given) -> None:
    open_ticket(desk, conversation, FILLED, LINES)

    assert sent_moments_ago(desk, conversation, FILLED, given) == []


def test_what_was_sent_longer_ago_or_by_others_is_not_looked_at(
    desk: TicketDesk, conversation: Conversation, clock: FakeClock
) -> None:
    open_ticket(desk, conversation, FILLED, LINES)
    other = desk.conversations.start("another session", "lamps", NOON)
    assert sent_moments_ago(desk, other, FILLED, Given("form")) == []

    clock.move(MOMENTS + timedelta(seconds=1))
    assert sent_moments_ago(desk, conversation, FILLED, LINES) == []


def test_fields_that_cannot_be_used_are_about_nothing(desk: TicketDesk, conversation: Conversation) -> None:
    kept = desk.tickets.find(open_ticket(desk, conversation, FILLED, LINES))
    assert kept is not None

    assert is_about(kept, FILLED, desk.topics)
    assert not is_about(kept, {**FILLED, "email": "ane"}, desk.topics)
    assert not is_about(kept, {}, desk.topics)


def file(content: bytes, name: str = "a.pdf") -> SentFile:
    return SentFile(name, len(content), BytesIO(content))


def test_files_are_told_apart_by_what_is_in_them(desk: TicketDesk, conversation: Conversation) -> None:
    uploads = FakeUploads()
    uploads.add(conversation.id, "form", FILE, digest_of(file(b"one")))
    kept = desk.tickets.find(open_ticket(desk, conversation, FILLED, Given("form", files=(FILE,))))
    assert isinstance(kept, KeptTicket)

    assert not brings_more(uploads, kept, (), ())
    assert not brings_more(uploads, kept, {FILE.id}, [file(b"one", "renamed.pdf")])
    assert brings_more(uploads, kept, (), [file(b"one"), file(b"two")])
    assert brings_more(uploads, kept, (), [file(b"two")])
    assert brings_more(uploads, kept, {FILE.id, "kept later"}, ())


def test_a_file_can_still_be_read_after_it_was_compared() -> None:
    sent = file(b"one")
    digest_of(sent)
    assert sent.content.read() == b"one"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture
def desk(clock: FakeClock) -> TicketDesk:
    return TicketDesk(
        tickets=FakeTickets(),
        conversations=FakeConversations(),
        promotion=undisputed(),
        clock=clock,
        topics=["My claim"],
        mails=lambda reference, ticket, follows: [],
    )


@pytest.fixture
def conversation(desk: TicketDesk) -> Conversation:
    begun = desk.conversations.start("session", "lamps", NOON)
    desk.conversations.add(begun.id, Message("1", NOON, "Cash?"), Message("2", NOON, "Hello?"))
    return begun
