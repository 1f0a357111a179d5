"""What is noted in the audit log is read again, page by page, and by its filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.sql.audit import SqlAudit
from bot.adapters.sql.engines import make_engine
from bot.core.agents import Agent, Role
from bot.services.console_ports import AuditEntry, AuditFilter
from bot.services.ports import Unavailable

AT = datetime(2023, 12, 15, 9, 30, tzinfo=timezone.utc)
BO = Agent("a1", "bo@desk.example", "Bo", Role.AGENT)
AUD = Agent("a2", "aud@desk.example", "Aud", Role.LEAD)


@pytest.fixture
def audit(desk_engine: Engine) -> SqlAudit:
    log = SqlAudit(desk_engine)
    log.note(BO, "claim_seen", "LEN-615204", "Phone call", AT)
    log.note(AUD, "claims_searched", "company birk% → LEN-615204, LEN-300300", "Other: <b>why</b>", AT)
    log.note(BO, "ticket_seen", "T-2023-000001", "", AT + timedelta(days=1))
    return log


def subjects(entries: Sequence[AuditEntry]) -> list[str]:
    return [entry.subject for entry in entries]


def test_the_latest_come_first_with_all_that_was_noted(audit: SqlAudit) -> None:
    last, _, first = audit.entries(limit=10)
    assert (last.action, last.at) == ("ticket_seen", AT + timedelta(days=1))
    assert first == AuditEntry(first.position, AT, "a1", "Bo", "claim_seen", "LEN-615204", "Phone call")


def test_entries_are_filtered_by_agent_subject_and_time(audit: SqlAudit) -> None:
    assert len(audit.entries(AuditFilter(agent="a1"), limit=10)) == 2
    assert len(audit.entries(AuditFilter(subject="len-615204"), limit=10)) == 2
    assert len(audit.entries(AuditFilter(subject="birk%"), limit=10)) == 1
    assert (
        audit.entries(AuditFilter(subject="b_rk"), limit=10) == audit.entries(AuditFilter(subject="%%"), limit=10) == []
    )
    assert subjects(audit.entries(AuditFilter(since=AT + timedelta(seconds=1)), limit=10)) == ["T-2023-000001"]
    assert len(audit.entries(AuditFilter(until=AT + timedelta(days=1)), limit=10)) == 2
    assert audit.entries(AuditFilter(agent="a1", subject="LEN", since=AT, until=AT), limit=10) == []


def test_a_page_goes_on_where_the_last_one_ended(desk_engine: Engine) -> None:
    log = SqlAudit(desk_engine)
    for number in range(25):
        log.note(BO, "claim_seen", f"LEN-{number:06}", "", AT)
    seen: list[str] = []
    before = None
    while page := log.entries(AuditFilter(agent="a1"), before_position=before, limit=10):
        seen += subjects(page)
        before = page[-1].position
        log.note(BO, "claim_seen", "later", "", AT)  # what comes meanwhile moves nothing
    assert seen == [f"LEN-{number:06}" for number in reversed(range(25))]


def test_without_its_table_nothing_is_noted_as_if_it_were(empty_url: str) -> None:
    log = SqlAudit(make_engine(empty_url))
    with pytest.raises(Unavailable, match="desk database"):
        log.note(BO, "claim_seen", "LEN-615204", "", AT)
    with pytest.raises(Unavailable):
        log.entries(limit=1)
