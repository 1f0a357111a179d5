"""Gaps from a real database, grouped by a stand-in for the model, with what was decided about them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.content_drafts import ContentFolder
from bot.adapters.replies_file import read_wording
from bot.adapters.sql.asked_questions import SqlAskedQuestions
from bot.adapters.sql.audit import SqlAudit
from bot.adapters.sql.dismissals import SqlDismissals
from bot.adapters.sql.proposals import SqlProposals
from bot.adapters.sql.tries import SqlTries
from bot.config import ROOT
from bot.core.gap_groups import GapGroup, Standing
from bot.core.gaps import Failure
from bot.core.proposals import Change, Way
from bot.core.tries import TryState
from bot.services.dismiss_gap import dismiss_gap, restore_gap
from bot.services.find_gaps import FoundGaps, GapDesk, find_gaps
from bot.services.propose_change import ProposalProblems, propose_change, withdraw_proposal
from bot.services.try_proposal import SILENT_AFTER, move_on, settle_end, tell_tries, try_proposal
from tests.contents import other_promotion
from tests.databases import migrated_database
from tests.fakes import FakeBot, FakeClock, FakeTryRunner
from tests.gaps import ANSWER, LEAD, NOON, PROMOTION, TURNED_AWAY, hold, thumb_down
from tests.promotions import lenovo_like

CLOCK = FakeClock(NOON)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with migrated_database("sqlite", tmp_path, "desk") as engine:
        yield engine


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> GapDesk:
    return GapDesk(
        asked=SqlAskedQuestions(engine),
        dismissals=SqlDismissals(engine),
        proposals=SqlProposals(engine),
        tries=SqlTries(engine, PROMOTION),
        content=ContentFolder(other_promotion(tmp_path / "content")),
        runner=FakeTryRunner(),
        clock=FakeClock(NOON),
    )


def find(
    desk: GapDesk, bot: FakeBot | None = None, since: datetime | None = None, failure: Failure | None = None
) -> FoundGaps:
    wording = read_wording(ROOT / "faq" / "replies")
    return asyncio.run(find_gaps(desk, bot or FakeBot(), lenovo_like(), wording, since, failure))


def only(found: FoundGaps) -> GapGroup:
    (group,) = found.groups
    return group


def propose(desk: GapDesk, engine: Engine, group: GapGroup, change: Change | None = None) -> int:
    wanted = change or Change(Way.OUT_OF_SCOPE, ("taxes on it?",))
    taken = [phrase.key for phrase in group.phrases]
    return propose_change(desk, SqlAudit(engine), lenovo_like(), wanted, group, taken, LEAD, CLOCK)


def test_three_people_who_ask_the_same_are_one_group(desk: GapDesk, engine: Engine) -> None:
    for words in ("taxes on it?", "taxes to pay?", "Taxes on it"):
        hold(engine, words, TURNED_AWAY)
    hold(engine, "weather?", TURNED_AWAY)

    first, second = find(desk).groups
    assert (first.people, len(first.phrases), second.people) == (3, 2, 1)


def test_personal_data_that_was_kept_by_older_rules_is_hidden_on_the_way_out(desk: GapDesk, engine: Engine) -> None:
    said = hold(engine, "taxes for ane@birkvik.example?", ANSWER)
    thumb_down(engine, said[1], "ask ane@birkvik.example")
    group = only(find(desk))

    assert group.text == "taxes for ‹e-mail address›?"
    assert list(group.reasons) == ["ask ‹e-mail address›"]


def test_a_time_and_a_failure_narrow_what_is_shown(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "taxes?", TURNED_AWAY)
    hold(engine, "weather?", TURNED_AWAY, at=NOON - timedelta(days=9))
    rated = hold(engine, "moon?", ANSWER)
    thumb_down(engine, rated[1])

    assert {group.text for group in find(desk, since=NOON - timedelta(days=7)).groups} == {"taxes?", "moon?"}
    assert only(find(desk, failure=Failure.THUMBS_DOWN)).text == "moon?"
    assert find(desk, failure=Failure.HAND_OFF).groups == ()


def test_without_the_model_everything_is_listed_ungrouped_and_it_is_told(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "taxes on it?", TURNED_AWAY)
    hold(engine, "taxes to pay?", TURNED_AWAY)
    found = find(desk, FakeBot(is_down=True))

    assert (len(found.groups), found.is_grouped) == (2, False)


def test_nothing_asked_asks_nothing_of_the_model(desk: GapDesk) -> None:
    found = find(desk, FakeBot(is_down=True))

    assert (found.groups, found.is_grouped) == ((), True)


def test_a_dismissal_is_noted_and_can_be_taken_back(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "weather?", TURNED_AWAY)
    audit, group = SqlAudit(engine), only(find(desk))
    dismiss_gap(desk, audit, lenovo_like(), group, LEAD, CLOCK)

    assert only(find(desk)).standing is Standing.DISMISSED
    assert only(find(desk)).dismissal is not None
    restore_gap(desk, audit, lenovo_like(), group, LEAD, CLOCK)
    assert only(find(desk)).standing is Standing.OPEN
    assert noted(engine) == [("gap_dismissed", group.key), ("gap_restored", group.key)]


def test_a_proposal_takes_its_phrases_until_it_is_withdrawn(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "taxes on it?", TURNED_AWAY)
    number = propose(desk, engine, only(find(desk)))

    assert (only(find(desk)).standing, only(find(desk)).proposals) == (Standing.PROPOSED, (number,))
    assert withdraw_proposal(desk, SqlAudit(engine), lenovo_like(), number, LEAD, CLOCK)
    assert not withdraw_proposal(desk, SqlAudit(engine), lenovo_like(), number, LEAD, CLOCK)
    assert only(find(desk)).standing is Standing.OPEN
    assert noted(engine) == [("change_proposed", f"P-{number}"), ("change_withdrawn", f"P-{number}")]


def test_a_proposal_with_problems_is_not_kept(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "where is LEN-482913?", TURNED_AWAY)
    group = only(find(desk))
    with pytest.raises(ProposalProblems) as refused:
        propose(desk, engine, group, Change(Way.PHRASES, (group.text,), label="gone"))

    assert set(refused.value.problems) == {"phrases", "label"}
    assert desk.proposals.all(PROMOTION) == []
    assert noted(engine) == []


def test_a_try_is_queued_started_and_watched(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "taxes on it?", TURNED_AWAY)
    number = propose(desk, engine, only(find(desk)))
    try_proposal(desk, number, LEAD)
    try_proposal(desk, number, LEAD)

    assert desk.runner.started == [number, number]
    last = tell_tries(desk, [number])[number]
    assert last.state is TryState.QUEUED
    assert desk.tries.begin(last.id, desk.clock.now())
    assert tell_tries(desk, [number])[number].state is TryState.RUNNING
    assert len(desk.runner.started) == 3


def test_a_try_whose_process_was_killed_is_found_out_and_the_next_one_started(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "taxes on it?", TURNED_AWAY)
    first, second = (propose(desk, engine, only(find(desk))) for _ in range(2))
    ids = [desk.tries.ask(number, LEAD, desk.clock.now()) for number in (first, second)]
    assert desk.tries.begin(ids[0], desk.clock.now())
    move_on(desk)
    assert desk.runner.started == []

    desk.clock.move(SILENT_AFTER + timedelta(seconds=1))
    told = tell_tries(desk, [first, second])
    assert (told[first].state, told[second].state) == (TryState.FAILED, TryState.QUEUED)
    assert "without a word" in told[first].problem
    assert desk.runner.started == [second]


@pytest.mark.parametrize("has_begun", [True, False])
def test_a_process_that_ended_without_saying_how_it_went_is_not_started_again(
    desk: GapDesk, engine: Engine, has_begun: bool
) -> None:
    hold(engine, "taxes on it?", TURNED_AWAY)
    number = propose(desk, engine, only(find(desk)))
    id = desk.tries.ask(number, LEAD, desk.clock.now())
    assert not has_begun or desk.tries.begin(id, desk.clock.now())
    settle_end(desk, number)

    ended = desk.tries.find(id)
    assert ended is not None and ended.state is TryState.FAILED and ended.problem
    assert desk.runner.started == []


def test_a_process_that_found_another_one_running_leaves_its_try_in_the_queue(desk: GapDesk, engine: Engine) -> None:
    hold(engine, "taxes on it?", TURNED_AWAY)
    first, second = (propose(desk, engine, only(find(desk))) for _ in range(2))
    running, waiting = (desk.tries.ask(number, LEAD, desk.clock.now()) for number in (first, second))
    assert desk.tries.begin(running, desk.clock.now())
    settle_end(desk, second)

    kept = desk.tries.find(waiting)
    assert kept is not None and kept.state is TryState.QUEUED


def noted(engine: Engine) -> list[tuple[str, str]]:
    from sqlalchemy import select

    from bot.adapters.sql.access_tables import audit

    with engine.connect() as connection:
        rows = connection.execute(select(audit.c.action, audit.c.subject).order_by(audit.c.position))
        return [tuple(row) for row in rows]
