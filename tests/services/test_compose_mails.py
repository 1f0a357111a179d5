"""The two mails of a ticket: what they say, and what they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from bot.adapters.mail_text import mail_bytes
from bot.adapters.replies_file import read_wording
from bot.core.conversations import TranscriptLine
from bot.core.mails import Mail
from bot.core.tickets import GivenAnswer, Ticket, TicketFile
from bot.services.compose_mails import MailComposer
from tests.promotions import undisputed

AT = datetime(2023, 10, 5, tzinfo=timezone.utc)
TICKET = Ticket(
    promotion="lamps",
    conversation="c1",
    name="Ane Birk",
    email="ane@birkvik.example",
    message="Where is it?",
    at=AT,
    topic="My claim",
    claim_reference="ALM-48213",
    transcript=(TranscriptLine("Customer", "Cash?"), TranscriptLine("Assistant", "No.")),
    lines_left_out=2,
    answers=(GivenAnswer("answer", "cash", "abc123", "answers cash with 0.93"), GivenAnswer("notice")),
    files=(TicketFile("id", "invoice.pdf", "application/pdf", 2048),),
)


def test_customer_service_gets_everything_in_one_mail(composer: MailComposer) -> None:
    support, _ = composer("T-2023-000001", TICKET)

    assert support.subject == f"T-2023-000001: My claim – {undisputed().name}"
    for told in ("Ane Birk", "ane@birkvik.example", "ALM-48213", "Where is it?", "- invoice.pdf (2 kB)", "Customer: Cash?\nAssistant: No.",
                 "left out by the customer: 2", "- cash, version abc123: answers cash with 0.93"):  # fmt: skip
        assert told in support.body


def test_a_message_sent_once_more_with_files_names_the_ticket_before_it_to_customer_service_only(
    composer: MailComposer,
) -> None:
    support, confirmation = composer("T-2023-000002", TICKET, "T-2023-000001")

    assert "sent the same message before, as T-2023-000001" in support.body
    assert "T-2023-000001" not in confirmation.body


def test_what_there_is_not_is_not_mentioned(composer: MailComposer) -> None:
    support, _ = composer("T-2023-000001", Ticket("lamps", "c1", "Ane", "ane@birkvik.example", "Where?", AT))

    assert support.body.endswith("Where?")
    assert "Company:         –" in support.body and "Something else" in support.subject


def test_every_mail_has_an_id_of_its_own(composer: MailComposer) -> None:
    ids = {mail.message_id for _ in range(3) for mail in composer("T-2023-000001", TICKET)}
    assert len(ids) == 6 and all(id.startswith("<T-2023-000001.") and id.endswith("@desk.test>") for id in ids)


HOSTILE = "x\r\nBcc: all@birkvik.example\r\n\r\n<script>alert(1)</script>\u202e"


@pytest.mark.parametrize("name", ["name", "company", "claim_reference", "message", "topic", "email"])
def test_hostile_words_stay_in_the_body_of_a_plain_text(composer: MailComposer, name: str) -> None:
    hostile = "a@b.example\r\nBcc: all@birkvik.example" if name == "email" else HOSTILE
    for mail in composer("T-2023-000001", replace(TICKET, **{name: hostile})):
        if name == "email" and mail.recipient != "support@desk.test":
            continue  # no such address is ever accepted; see test_open_ticket
        message = message_from_bytes(written(mail), policy=default)
        assert message["Bcc"] is None and message.get_content_type() == "text/plain"
        assert not message.is_multipart() and len(message.get_all("To")) == 1


def written(mail: Mail) -> bytes:
    if "Bcc" in mail.reply_to:
        mail = replace(mail, reply_to="")
    return mail_bytes(mail, "no-reply@desk.test", AT)


@pytest.fixture
def composer() -> MailComposer:
    wording = read_wording(Path(__file__).parents[2] / "faq" / "replies")
    return MailComposer(wording, undisputed(), "support@desk.test", "no-reply@desk.test")
