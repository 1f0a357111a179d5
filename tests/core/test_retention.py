"""Every kind of data has an end, and nothing outlives what it belongs to."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from bot.config import ROOT
from bot.core.retention import KEPT_DAYS, Kept, kept_since
from bot.services.sweep_uploads import KEPT_UNSENT

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)


def test_every_kind_of_data_is_kept_for_a_number_of_days_that_can_be_meant() -> None:
    assert set(KEPT_DAYS) == set(Kept)
    assert all(1 <= days <= 1000 for days in KEPT_DAYS.values())


def test_a_file_is_kept_as_long_as_its_ticket_and_a_trace_as_long_as_what_it_tells_of() -> None:
    assert KEPT_DAYS[Kept.FILES] == KEPT_DAYS[Kept.TICKETS] <= KEPT_DAYS[Kept.AUDIT]
    assert KEPT_DAYS[Kept.MAILS] <= KEPT_DAYS[Kept.TICKETS]


def test_what_was_given_for_a_look_up_goes_before_the_conversation_it_was_given_in() -> None:
    assert KEPT_DAYS[Kept.LOOKUP_DETAILS] < KEPT_DAYS[Kept.CONVERSATIONS]


def test_files_of_forms_that_were_never_sent_are_swept_up_by_the_same_table() -> None:
    assert KEPT_UNSENT.days == KEPT_DAYS[Kept.UNSENT_FILES]


def test_what_is_kept_for_a_day_goes_to_the_second() -> None:
    assert NOW - kept_since(Kept.LOOKUP_DETAILS, NOW) == timedelta(days=1)


def test_the_page_on_privacy_tells_every_kind_as_it_is() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| .*?`(\w+)` \| (\d+) days? \|", page, re.MULTILINE))

    assert told == {kind.value: str(days) for kind, days in KEPT_DAYS.items()}
