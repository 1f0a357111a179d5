"""``promodesk retention run``, and the same once a day beside the outbox, over a whole desk on disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import delete, update

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata
from bot.bootstrap_privacy import retention_desk
from bot.commands import retention
from bot.config import Settings
from bot.services.run_retention import RetentionDesk
from tests.commands.person.planted_desk import found, opened, planted_desk
from tests.databases import BACKENDS, empty_database
from tests.planted_persons import ANNA, BO
from tests.planted_rows import ROWS

NOW = datetime.now(timezone.utc)
LONG_AGO, LATELY = NOW - timedelta(days=800), NOW - timedelta(minutes=5)


@pytest.fixture(params=BACKENDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Anna was there long ago, Bo lately."""
    var = tmp_path / "var"
    var.mkdir()
    with empty_database(request.param, var) as url:
        settings = planted_desk(url, f"sqlite:///{var / 'tracker.db'}", f"sqlite:///{tmp_path / 'claims.db'}", var)
        age(settings)
        yield settings


def age(settings: Settings) -> None:
    with opened(settings.database_url) as engine, engine.begin() as connection:
        for name in ROWS:
            table = desk_metadata.tables[name]
            moments = [column.name for column in table.columns if isinstance(column.type, UtcDateTime)]
            if moments:
                connection.execute(update(table).values(dict.fromkeys(moments, LATELY)))
        for name, key, value in (
            ("conversations", "id", ANNA.conversation),
            ("tickets", "reference", ANNA.ticket),
            ("lookup_attempts", "conversation", ANNA.conversation),
            ("lookup_attempts", "conversation", f"proved-{ANNA.number}"),
            ("lookup_details", "conversation", f"other-{ANNA.number}"),
            ("uploads", "id", ANNA.files[1]),
        ):
            table = desk_metadata.tables[name]
            moments = [column.name for column in table.columns if isinstance(column.type, UtcDateTime)]
            connection.execute(update(table).where(table.c[key] == value).values(dict.fromkeys(moments, LONG_AGO)))
        audit, proposals, dismissals = (desk_metadata.tables[name] for name in ("audit", "proposals", "gap_dismissals"))
        connection.execute(update(audit).where(audit.c.position <= 4).values(at=LONG_AGO))
        # A phrase that somebody proposes is content, and stays until the person is erased.
        connection.execute(delete(proposals).where(proposals.c.number == ANNA.number))
        dismissed = dismissals.c.phrase == f"phrase {ANNA.number}"
        connection.execute(update(dismissals).where(dismissed).values(decided_at=LONG_AGO))
        outbox = desk_metadata.tables["outbox"]
        connection.execute(update(outbox).values(sent_at=LATELY))
    with opened(settings.tracker_url) as engine, engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE events SET timestamp = ? WHERE sender_id LIKE ?", (LATELY.timestamp(), "%-2")
        )


def run(settings: Settings, dry_run: bool = False) -> tuple[int, dict[str, tuple[str, str]]]:
    """The exit code, and by kind how many were found and deleted."""
    console = Console(width=200, record=True, quiet=False, file=open("/dev/null", "w"))  # noqa: SIM115
    code = retention.run(settings, dry_run=dry_run, console=console)
    lines = [line.split("│") for line in console.export_text().splitlines() if "│" in line]
    return code, {kind.strip(): (found.strip(), deleted.strip()) for _, kind, _, found, deleted, _ in lines}


DELETED = {
    "conversations": 1, "words of dismissed gaps": 1, "words of proposed gaps": 0, "look-up details": 1,
    "look-up attempts": 2, "tickets": 1, "unsent files": 1, "words of mails": 0, "audit log": 4, "agents' sessions": 0,
    "sign-in links": 0, "sign-in attempts": 0, "Rasa's conversations": 2,
}  # fmt: skip


def test_what_is_old_enough_goes_everywhere_and_the_rest_stays(settings: Settings) -> None:
    of_bo = found(BO, settings)

    assert run(settings, dry_run=True) == (0, {kind: (str(count), str(count)) for kind, count in DELETED.items()})
    assert len(found(ANNA, settings)) > 10, "a dry run deletes nothing"

    assert run(settings) == (0, {kind: (str(count), str(count)) for kind, count in DELETED.items()})
    assert found(ANNA, settings) == []
    assert found(BO, settings) == of_bo
    assert {count for _, counts in run(settings)[1].items() for count in counts} == {"0"}


def test_on_a_demonstrations_day_nothing_of_that_day_is_old(settings: Settings) -> None:
    on_that_day = replace(settings, today=(LONG_AGO + timedelta(days=1)).date())
    _, counts = run(on_that_day, dry_run=True)
    assert counts["conversations"] == counts["tickets"] == counts["audit log"] == ("0", "0")
    assert counts["unsent files"] == ("1", "1"), "files age by the real time"


def test_beside_a_demonstration_its_day_counts(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    retention.run(settings, demo=True)
    assert found(ANNA, settings), "what was noted in the future of that day is not old"


def test_a_demonstration_in_the_future_ages_nothing(settings: Settings) -> None:
    _, counts = run(replace(settings, today=date(2199, 1, 1)), dry_run=True)
    assert counts["conversations"] == ("1", "1")


def test_what_is_away_is_told_and_the_rest_is_done(settings: Settings) -> None:
    away = replace(settings, tracker_url="postgresql://nobody@127.0.0.1:1/nothing")
    code, counts = run(away)
    assert code == 1 and counts["conversations"] == ("1", "1")
    assert "tracker: events" in found(ANNA, settings)

    assert run(settings)[0] == 0
    assert "tracker: events" not in found(ANNA, settings)


def all_steps(daily: retention.DailyRetention) -> int:
    steps = 0
    while daily.step():
        steps += 1
    return steps


def test_the_worker_does_it_in_steps_once_a_day(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily = retention.DailyRetention(retention_desk(settings))

    assert all_steps(daily) > len(DELETED)
    assert found(ANNA, settings) == []
    assert "conversations 1" in caplog.text and ANNA.email not in caplog.text
    assert not daily.step(), "not before tomorrow"

    later = retention.time.monotonic() + retention.DAY_SECONDS + 1
    monkeypatch.setattr(retention.time, "monotonic", lambda: later)
    assert all_steps(daily) > 0 and not daily.step()


def test_a_step_that_fails_is_logged_and_ends_nothing(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    desk: RetentionDesk = replace(retention_desk(settings), data=[object()])  # type: ignore[list-item]
    daily = retention.DailyRetention(desk)
    assert not daily.step() and not daily.step()
    assert caplog.text.count("could not be deleted") == 1
