"""The worker's rules on a real outbox and a real mail server, with a clock that only moves when told to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.smtp import SmtpMailer, smtp_server
from bot.adapters.sql.outbox import SqlOutbox
from bot.adapters.sql.tickets import SqlTickets
from bot.core.mails import LONGEST_PAUSE, MOST_REFUSALS, ClaimedMail
from bot.services.deliver_mail import MailDesk, deliver_mail
from bot.services.ports import Unavailable
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeClock
from tests.lamp_tickets import TICKET, mails
from tests.mail_server import MailServer, message_id
from tests.outboxes import mail_counts


def test_both_mails_are_delivered_and_then_there_is_nothing_to_do(
    desk: MailDesk, engine: Engine, server: MailServer
) -> None:
    assert deliver_mail(desk) and deliver_mail(desk)
    assert not deliver_mail(desk)
    assert sorted(map(message_id, server.mails)) == [
        "<T-2023-000001.confirmation@desk.test>",
        "<T-2023-000001.support@desk.test>",
    ]
    assert mail_counts(engine)["sent"] == 2


def test_a_server_that_comes_back_gets_the_mails(
    desk: MailDesk, engine: Engine, server: MailServer, clock: FakeClock
) -> None:
    server.stop()
    for _ in range(20):
        try_all(desk, clock)
    assert server.mails == [] and mail_counts(engine)["waiting"] == 2

    server.start()
    try_all(desk, clock)

    assert len(server.mails) == 2


def test_a_server_that_hangs_does_not_stop_the_other_mails_for_good(
    desk: MailDesk, server: MailServer, clock: FakeClock
) -> None:
    server.inbox.at_recipient = "hang"
    assert deliver_mail(desk)
    server.inbox.at_recipient = "250 OK"
    try_all(desk, clock)
    assert len(server.mails) == 2


def test_what_is_refused_for_good_is_given_up_after_a_while_and_said_so(
    desk: MailDesk, engine: Engine, server: MailServer, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.inbox.at_recipient = "550 No such person"
    for _ in range(MOST_REFUSALS):
        assert mail_counts(engine)["given_up"] == 0
        try_all(desk, clock)

    assert mail_counts(engine) == {"waiting": 0, "sent": 0, "given_up": 2}
    assert [record for record in caplog.records if record.levelno == logging.ERROR and "given up" in record.message]
    assert not deliver_mail(desk)

    server.inbox.at_recipient = "250 OK"
    desk.outbox.try_again()
    try_all(desk, clock)
    assert len(server.mails) == 2


def test_what_is_refused_for_now_is_never_given_up(
    desk: MailDesk, engine: Engine, server: MailServer, clock: FakeClock
) -> None:
    server.inbox.at_text = "451 Try later"
    for _ in range(3 * MOST_REFUSALS):
        try_all(desk, clock)
    assert mail_counts(engine)["waiting"] == 2


def test_an_accepted_mail_is_noted_however_long_the_database_is_away(
    desk: MailDesk, engine: Engine, server: MailServer
) -> None:
    flaky = FlakyOutbox(desk.outbox, failures=3)

    deliver_mail(replace(desk, outbox=flaky))

    assert flaky.failures == 0 and mail_counts(engine)["sent"] == 1


def test_a_hand_over_without_an_answer_is_repeated_under_the_same_id(
    desk: MailDesk, server: MailServer, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.inbox.hangs_after_accepting = True
    assert deliver_mail(desk)
    server.inbox.hangs_after_accepting = False
    try_all(desk, clock)

    ids = [message_id(mail) for mail in server.mails]
    assert len(ids) == 3 and len(set(ids)) == 2
    assert "goes out again" in caplog.text
    assert server.mails[0]["text"] in [mail["text"] for mail in server.mails[1:]], "word for word the same mail"


def test_a_worker_that_was_too_slow_leaves_the_mail_to_its_heir(
    desk: MailDesk, engine: Engine, server: MailServer, clock: FakeClock
) -> None:
    class SlowMailer:
        seconds = 0.5

        def deliver(
            self, claimed: ClaimedMail, before_step: Callable[[], None], before_hand_over: Callable[[], None]
        ) -> None:
            clock.move(timedelta(minutes=1))
            try_all(desk, clock)
            before_hand_over()
            raise AssertionError("handed over what is somebody else's")

    assert deliver_mail(replace(desk, mailer=SlowMailer()))
    assert len(server.mails) == 2 and mail_counts(engine)["sent"] == 2


class FlakyOutbox:
    """An outbox that cannot note what was sent, so many times."""

    def __init__(self, outbox: SqlOutbox, failures: int) -> None:
        self._outbox = outbox
        self.failures = failures

    def note_sent(self, claimed: ClaimedMail, at: datetime) -> None:
        if self.failures:
            self.failures -= 1
            raise Unavailable("away")
        self._outbox.note_sent(claimed, at)

    def __getattr__(self, name: str) -> object:
        return getattr(self._outbox, name)


def try_all(desk: MailDesk, clock: FakeClock) -> None:
    """Let the longest pause go by, and try everything that is due."""
    clock.move(LONGEST_PAUSE)
    while deliver_mail(desk):
        pass


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer(patience=1.0) as running:
        yield running


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime.now(timezone.utc) + timedelta(minutes=1))


@pytest.fixture
def desk(engine: Engine, server: MailServer, clock: FakeClock) -> MailDesk:
    """With the two mails of one ticket."""
    SqlTickets(engine).open(TICKET, "form", mails)
    mailer = SmtpMailer(smtp_server(server.url), "no-reply@desk.test")
    return MailDesk(SqlOutbox(engine), mailer, clock, lambda seconds: None)


@pytest.fixture(params=BACKENDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with migrated_database(request.param, tmp_path, "desk") as made:
        yield made
