"""What the contact form is filled in with after a conversation."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.adapters.replies_file import read_wording
from bot.core.conversations import Message
from bot.core.faq import Faq, FaqEntry
from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.services.ports import LookupDetails
from bot.services.prefill_ticket import Prefilled, prefill_ticket, topics
from tests.promotions import undisputed

AT = datetime(2025, 4, 10, tzinfo=timezone.utc)
WORDING = read_wording(Path(__file__).parents[2] / "faq" / "replies")
FAQ = Faq([FaqEntry("cash", "Payment", "Cash?", "No."), FaqEntry("lost", "Invoice", "Lost?", "Ask the shop.")])
FORM = (Link("Contact form", "/contact"),)
ANSWER = Reply(ReplyKind.ANSWER, "No.", faq_id="cash")
NOT_UNDERSTOOD = Reply(ReplyKind.NOTICE, "What?", buttons=(Button("None of these", "intent:deny"),))
HELLO = Reply(ReplyKind.NOTICE, "Hello!")
HAND_OFF = Reply(ReplyKind.HANDOFF, "The form.", links=FORM)
TOLD = Reply(ReplyKind.LOOKUP, "Your claim is paid.")
MY_CLAIM = WORDING.say("contact_topic_claim")

Turn = tuple[str, Reply]


def prefilled(*turns: Turn, details: LookupDetails = LookupDetails()) -> Prefilled:  # noqa: B008 - frozen
    said = []
    for number, (text, reply) in enumerate(turns):
        said += [Message(f"c{number}", AT, text), Message(f"d{number}", AT, reply.text, reply)]
    return prefill_ticket(said, details, FAQ, WORDING, undisputed().claim_reference)


@pytest.mark.parametrize(
    ("turns", "asked"),
    [
        ([], ""),
        ([("Hello", HELLO)], ""),
        ([("Cash?", ANSWER)], "Cash?"),
        ([("Cash?", ANSWER), ("A person, please", HAND_OFF)], "Cash?"),
        ([("Do you paint boats?", NOT_UNDERSTOOD), ("Cash?", ANSWER)], "Do you paint boats?"),
        ([("Boats?", NOT_UNDERSTOOD), ("Painted boats?", NOT_UNDERSTOOD), ("Thanks", HELLO)], "Painted boats?"),
        ([("Where is my money?", TOLD), ("‹claim reference› / ‹e-mail address›", TOLD)], "Where is my money?"),
    ],
)
def test_the_message_begins_with_what_stays_to_be_settled(turns: list[Turn], asked: str) -> None:
    assert prefilled(*turns).message == asked


@pytest.mark.parametrize(
    ("turns", "details", "topic"),
    [
        ([], LookupDetails(), ""),
        ([("Cash?", ANSWER), ("Boats?", NOT_UNDERSTOOD)], LookupDetails(), "Payment"),
        ([("Cash?", ANSWER), ("Where is it?", TOLD)], LookupDetails(email="a@b.example"), MY_CLAIM),
        ([("Does a boat count?", TOLD)], LookupDetails(), ""),
    ],
)
def test_the_topic_is_the_latest_subject(turns: list[Turn], details: LookupDetails, topic: str) -> None:
    assert prefilled(*turns, details=details).topic == topic
    assert not topic or topic in topics(FAQ, WORDING)


def test_the_claim_is_the_one_that_was_proved_or_else_typed() -> None:
    typed = LookupDetails(reference="ALM-11111")
    proved = LookupDetails(reference="ALM-11111", verified_reference="ALM-22222")
    assert [prefilled(details=details).claim_reference for details in (LookupDetails(), typed, proved)] == [
        "",
        "ALM-11111",
        "ALM-22222",
    ]


def test_what_identifies_a_person_stays_hidden() -> None:
    assert "4711" not in prefilled(("Pay to account 1234.56.47110", NOT_UNDERSTOOD)).message


def test_the_topics_are_the_claim_the_sections_and_anything_else() -> None:
    assert topics(FAQ, WORDING) == [MY_CLAIM, "Payment", "Invoice", WORDING.say("contact_topic_other")]
