from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.core.conversations import Conversation, Message
from bot.core.replies import Reply, ReplyKind
from bot.services.send_enquiry import EnquiryDesk, InvalidEnquiry, send_enquiry
from tests.fakes import FakeClock, FakeConversations, FakeEnquiries
from tests.promotions import undisputed

NOON = datetime(2025, 4, 10, 12, 0, tzinfo=timezone.utc)
FILLED = {"name": "Ane Birk", "email": "ane@birkvik.example", "message": "Please\r\nlook."}


def test_an_enquiry_is_kept_with_everything_that_belongs_to_it(desk: EnquiryDesk, conversation: Conversation) -> None:
    reference = send_enquiry(desk, conversation, FILLED, "form")

    assert isinstance(desk.enquiries, FakeEnquiries)
    enquiry = desk.enquiries.kept[reference]
    assert reference == "T-2025-000001"
    assert (enquiry.promotion, enquiry.message, enquiry.at) == ("almena-lamps-2025", "Please\nlook.", NOON)


def test_the_transcript_hides_personal_data_but_keeps_approved_words(
    desk: EnquiryDesk, conversation: Conversation
) -> None:
    answer = Reply(ReplyKind.ANSWER, "Fax it to 0049 7031 7632 5563.", faq_id="fax")
    told = Reply(ReplyKind.LOOKUP, "Your claim ALM-48213 is paid.")
    desk.conversations.add(
        conversation.id, Message("1", NOON, answer.text, answer), Message("2", NOON, told.text, told)
    )

    reference = send_enquiry(desk, conversation, FILLED, "form")

    assert isinstance(desk.enquiries, FakeEnquiries)
    first, second = desk.enquiries.kept[reference].transcript
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
    ],
)
def test_an_address_that_cannot_be_answered_is_refused(
    desk: EnquiryDesk, conversation: Conversation, email: str
) -> None:
    with pytest.raises(InvalidEnquiry) as refused:
        send_enquiry(desk, conversation, {**FILLED, "email": email}, "form")

    assert refused.value.problems == {"email": "enquiry_email_unreadable"}


def test_all_problems_are_told_at_once(desk: EnquiryDesk, conversation: Conversation) -> None:
    typed = {"name": "\u202e", "message": "m" * 4001, "company": "c" * 101}

    with pytest.raises(InvalidEnquiry) as refused:
        send_enquiry(desk, conversation, typed, "form")

    assert refused.value.problems == {
        "name": "enquiry_name_missing",
        "email": "enquiry_email_missing",
        "company": "enquiry_company_too_long",
        "message": "enquiry_message_too_long",
    }


@pytest.fixture
def desk() -> EnquiryDesk:
    return EnquiryDesk(FakeEnquiries(), FakeConversations(), undisputed(), FakeClock(NOON))


@pytest.fixture
def conversation(desk: EnquiryDesk) -> Conversation:
    return desk.conversations.start("session", "lamps", NOON)
