"""Whatever the form accepts can be written as a mail, and is read back as it was written."""

from __future__ import annotations

from datetime import datetime, timezone
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.mail_text import mail_bytes
from bot.core.mails import Mail, MailKind
from bot.services.open_ticket import InvalidTicket, check_fields

AT = datetime(2023, 10, 5, tzinfo=timezone.utc)
SIGNS = st.characters(min_codepoint=0, max_codepoint=0x10FFFF)
ENCODED_WORDS = st.builds(
    "{}=?utf-8?{}?{}?={}".format,
    st.sampled_from(["", "a", "a."]),
    st.sampled_from("qQbB"),
    st.one_of(
        st.text("abX=_0dDaA3", min_size=1, max_size=30),
        st.sampled_from(["a=0d=0aBcc=3ax=40evil.com", "=0a", "=0D", "a=0d=0a=0d=0abody", "YQ0KQmNjOiB4QGV2aWwuY29t"]),
    ),
    st.sampled_from(["", ".b"]),
)
"""What a reader of headers takes for other words than are written: a line break can hide in it."""
HEADERS = ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID",
           "Reply-To", "Subject", "To", "X-Auto-Response-Suppress"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(subject=st.text(SIGNS, max_size=120), body=st.text(SIGNS, max_size=300))
def test_any_words_make_one_plain_mail(subject: str, body: str) -> None:
    mail = Mail(MailKind.SUPPORT, "<one@desk.test>", "a@b.example", subject, body, "c@d.example")

    written = mail_bytes(mail, "no-reply@desk.test", AT)
    read = message_from_bytes(written, policy=default)

    assert sorted(read.keys()) == HEADERS
    assert str(read["Subject"]).split() == mail.subject.split()
    assert read.get_content().replace("\r\n", "\n").rstrip("\n") == mail.body
    assert mail_bytes(mail, "no-reply@desk.test", AT) == written, "every try sends the same bytes"
    assert all(len(line) <= 998 for line in written.split(b"\r\n")) and b"\n" not in written.replace(b"\r\n", b"")


@settings(max_examples=600, deadline=None)
@given(
    local=st.one_of(
        st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=20), ENCODED_WORDS
    ),
    domain=st.from_regex(r"[a-zæøå0-9_.-]{1,20}\.[a-z]{2,5}", fullmatch=True),
)
def test_any_address_that_is_accepted_can_be_written_to(local: str, domain: str) -> None:
    try:
        email = check_fields({"name": "Ane", "message": "Where?", "email": f"{local}@{domain}"}, [])["email"]
    except InvalidTicket:
        return
    for international in (True, False):
        mail = Mail(
            MailKind.CONFIRMATION,
            "<one@desk.test>",
            email if email.isascii() or international else "a@b.example",
            "S",
            "B",
            email,
        )
        read = message_from_bytes(
            mail_bytes(mail, "no-reply@desk.test", AT, international=international), policy=default
        )
        assert len(read.get_all("To")) == 1 and len(read.get_all("Bcc", [])) == 0
        assert len(read["To"].addresses) == 1
        assert sorted(read.keys()) in (HEADERS, [name for name in HEADERS if name != "Reply-To"])


@settings(max_examples=300, deadline=None)
@given(local=ENCODED_WORDS)
def test_an_address_that_reads_as_other_words_is_refused_or_harmless(local: str) -> None:
    address = f"{local}@example.com"
    with pytest.raises(InvalidTicket):
        check_fields({"name": "Ane", "message": "Where?", "email": address}, [])
    for mail in (
        Mail(MailKind.CONFIRMATION, "<one@desk.test>", address, "S", "B"),
        Mail(MailKind.SUPPORT, "<one@desk.test>", "a@b.example", "S", "B", address),
    ):
        try:
            written = mail_bytes(mail, "no-reply@desk.test", AT)
        except ValueError:
            continue
        read = message_from_bytes(written, policy=default)
        assert set(read.keys()) <= set(HEADERS) and read.get_content().strip() == "B"
        assert all(one in (b"", b"\r") for one in (line[-1:] for line in written.split(b"\n")))


def test_a_line_break_hidden_in_an_address_is_never_written() -> None:
    hidden = "=?utf-8?q?a=0d=0aBcc=3ax=40evil.com?=@example.com"
    with pytest.raises(ValueError, match="a header of the mail"):
        mail_bytes(Mail(MailKind.CONFIRMATION, "<one@desk.test>", hidden, "S", "B"), "no-reply@desk.test", AT)


def test_what_the_library_fails_at_is_told_as_a_mail_that_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="put into words"):
        mail_bytes(
            Mail(MailKind.CONFIRMATION, "<one@desk.test>", "=?utf-8?b?XX?=.b@b.example", "S", "B"),
            "no-reply@desk.test",
            AT,
        )


IDS = st.from_regex(r"<[A-Za-z0-9.-]{1,60}@[a-z0-9-]{1,60}(\.[a-z0-9-]{1,30}){1,3}>", fullmatch=True)


@settings(max_examples=300, deadline=None)
@given(thread=st.lists(IDS, min_size=1, max_size=40, unique=True), international=st.booleans())
def test_an_answer_names_the_mails_it_follows_on_word_for_word(thread: list[str], international: bool) -> None:
    mail = Mail(
        MailKind.ANSWER, "<one@desk.test>", "ane@bjørk.example", "Re: S", "Body", "in@desk.test", thread=tuple(thread)
    )

    written = mail_bytes(mail, "no-reply@desk.test", AT, international=international)

    head = written.partition(b"\r\n\r\n")[0].decode()
    unfolded = dict(line.split(": ", 1) for line in head.replace("\r\n ", " ").split("\r\n"))
    assert unfolded["In-Reply-To"].strip() == thread[-1]
    references = unfolded["References"].split()
    assert references[0] == thread[0] and references[-1] == thread[-1] and len(references) == min(len(thread), 21)
    assert references[1:] == thread[1:][-20:]
    assert all(len(line) <= 998 for line in written.split(b"\r\n"))


def test_an_answer_says_that_a_person_wrote_it_and_the_other_mails_that_nobody_did() -> None:
    marked = {
        kind: message_from_bytes(
            mail_bytes(Mail(kind, "<one@desk.test>", "a@b.example", "S", "B"), "no-reply@desk.test", AT), policy=default
        )["Auto-Submitted"]
        for kind in MailKind
    }
    assert marked == {
        MailKind.SUPPORT: "auto-generated", MailKind.CONFIRMATION: "auto-replied", MailKind.ANSWER: None,
    }  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(ids=st.lists(st.text(SIGNS, max_size=30), min_size=1, max_size=3))
def test_no_id_can_begin_a_header_of_its_own(ids: list[str]) -> None:
    mail = Mail(MailKind.ANSWER, "<one@desk.test>", "a@b.example", "S", "B", thread=tuple(ids))
    try:
        written = mail_bytes(mail, "no-reply@desk.test", AT)
    except ValueError:
        return
    assert set(message_from_bytes(written, policy=default).keys()) <= {*HEADERS, "In-Reply-To", "References"}
