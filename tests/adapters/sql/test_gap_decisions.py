"""Decisions about gaps in real databases: dismissals, proposals, and tries of which one runs at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from threading import Barrier

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.sql.dismissals import SqlDismissals
from bot.adapters.sql.proposals import SqlProposals
from bot.adapters.sql.tries import SILENT, SqlTries
from bot.core.gap_groups import Dismissal
from bot.core.proposals import Change, Way
from bot.core.tries import TryResult, TryState
from bot.services.gap_ports import Draft
from bot.services.ports import Unavailable
from tests.gaps import LEAD, NOON, PROMOTION

CHANGE = Change(
    Way.ENTRY, ("Gutschein? 🎁", "gift cards"), label="gift_cards", section="payment", question="Gift cards?",
    answer="No.\n\nSee “terms”.", review_by=date(2024, 1, 31),
)  # fmt: skip
DRAFT = Draft(CHANGE, "0123456789abcdef", "gift cards?", ("0123456789abcdef", "fedcba9876543210"))
NOTHING = TryResult("gift_cards", (), (), False, (), (), 7)
NOW = datetime(2024, 1, 2, 3, 4, tzinfo=timezone.utc)
SECOND = timedelta(seconds=1)


def proposal(engine: Engine, promotion: str = PROMOTION) -> int:
    return SqlProposals(engine).add(promotion, DRAFT, LEAD, NOON)


def test_a_dismissal_is_kept_as_it_was_first_made_and_can_be_undone(desk_engine: Engine) -> None:
    dismissals = SqlDismissals(desk_engine)
    dismissals.add(PROMOTION, {"k1": "weather?", "k2": "rain?"}, LEAD, NOON)
    dismissals.add(PROMOTION, {"k2": "rain?", "k3": "snow?"}, replace(LEAD, name="Bo"), NOW)
    dismissals.add("lamps", {"k1": "weather?"}, LEAD, NOON)

    assert dismissals.all(PROMOTION) == {
        "k1": Dismissal("Lea", NOON), "k2": Dismissal("Lea", NOON), "k3": Dismissal("Bo", NOW)
    }  # fmt: skip
    dismissals.remove(PROMOTION, ["k1", "k2", "unknown"])
    dismissals.remove(PROMOTION, [])
    assert set(dismissals.all(PROMOTION)) == {"k3"}
    assert set(dismissals.all("lamps")) == {"k1"}


def test_a_proposal_comes_back_as_it_was_made(desk_engine: Engine) -> None:
    proposals = SqlProposals(desk_engine)
    number = proposal(desk_engine)
    kept = proposals.find(PROMOTION, number)

    assert kept is not None
    assert (kept.change, kept.made_by, kept.made_at, kept.taken) == (CHANGE, "Lea", NOON, DRAFT.taken)
    assert (kept.group, kept.group_text, kept.name) == (DRAFT.group, DRAFT.group_text, f"P-{number}")


def test_proposals_are_listed_newest_first_and_each_promotion_has_its_own(desk_engine: Engine) -> None:
    proposals = SqlProposals(desk_engine)
    first, second = proposal(desk_engine), proposal(desk_engine)
    foreign = proposal(desk_engine, "lamps")

    assert [one.number for one in proposals.all(PROMOTION)] == [second, first]
    assert proposals.find(PROMOTION, foreign) is None
    assert [proposals.find(PROMOTION, number) for number in (0, -1, 2**31, 10**30)] == [None] * 4


def test_a_proposal_is_withdrawn_once(desk_engine: Engine) -> None:
    proposals = SqlProposals(desk_engine)
    number = proposal(desk_engine)

    assert not proposals.withdraw("lamps", number, NOW)
    assert proposals.withdraw(PROMOTION, number, NOW)
    assert not proposals.withdraw(PROMOTION, number, NOW + SECOND)
    kept = proposals.find(PROMOTION, number)
    assert kept is not None and kept.withdrawn_at == NOW


def test_a_try_goes_from_queued_to_done_with_its_result(desk_engine: Engine) -> None:
    tries = SqlTries(desk_engine, PROMOTION)
    number = proposal(desk_engine)
    id = tries.ask(number, LEAD, NOW)

    assert tries.ask(number, LEAD, NOW) == id
    assert tries.begin(id, NOW) and not tries.begin(id, NOW)
    assert tries.ask(number, LEAD, NOW) == id
    assert tries.note(id, "Training", NOW + SECOND)
    running = tries.newest([number])[number]
    assert (running.state, running.progress, running.asked_by) == (TryState.RUNNING, "Training", "Lea")
    tries.finish(id, NOTHING, NOW + 2 * SECOND)
    done = tries.find(id)
    assert done is not None
    assert (done.state, done.result, done.ended_at) == (TryState.DONE, NOTHING, NOW + 2 * SECOND)
    assert tries.ask(number, LEAD, NOW) != id


def test_one_runs_at_a_time_and_the_one_that_waits_longest_is_next(desk_engine: Engine) -> None:
    tries = SqlTries(desk_engine, PROMOTION)
    first, second, third = (tries.ask(proposal(desk_engine), LEAD, NOW) for _ in range(3))

    assert _id(tries) == first
    assert tries.begin(second, NOW)
    assert tries.next_queued() is None
    assert not tries.begin(first, NOW)
    tries.fail(second, "no", NOW)
    assert _id(tries) == first
    assert tries.begin(first, NOW)
    tries.finish(first, NOTHING, NOW)
    assert _id(tries) == third


def test_each_promotion_starts_its_own_proposals_but_one_at_a_time(desk_engine: Engine) -> None:
    ours, theirs = SqlTries(desk_engine, PROMOTION), SqlTries(desk_engine, "lamps")
    foreign = theirs.ask(proposal(desk_engine, "lamps"), LEAD, NOW)
    assert _id(ours) is None

    own = ours.ask(proposal(desk_engine), LEAD, NOW)
    assert (_id(ours), _id(theirs)) == (own, foreign)
    assert theirs.begin(foreign, NOW)
    assert _id(ours) is None and not ours.begin(own, NOW)


def _id(tries: SqlTries) -> int | None:
    waiting = tries.next_queued()
    return waiting.id if waiting else None


def test_of_many_that_begin_at_once_one_does(desk_engine: Engine) -> None:
    tries = SqlTries(desk_engine, PROMOTION)
    asked = [tries.ask(proposal(desk_engine), LEAD, NOW) for _ in range(6)]
    together = Barrier(len(asked))

    def begin(id: int) -> bool:
        together.wait()
        try:
            return tries.begin(id, NOW)
        except Unavailable:
            return False  # SQLite lets one write at a time, and a busy one wait for some seconds only

    with ThreadPoolExecutor(len(asked)) as pool:
        assert sum(pool.map(begin, asked)) == 1


def test_a_try_that_is_silent_is_given_up_and_heard_no_more(desk_engine: Engine) -> None:
    tries = SqlTries(desk_engine, PROMOTION)
    id = tries.ask(proposal(desk_engine), LEAD, NOW)
    assert tries.begin(id, NOW)
    assert tries.note(id, "Training", NOW + 10 * SECOND)

    assert tries.give_up_silent(NOW + 10 * SECOND, NOW + 40 * SECOND) == 0
    assert tries.give_up_silent(NOW + 11 * SECOND, NOW + 41 * SECOND) == 1
    given_up = tries.find(id)
    assert given_up is not None and (given_up.state, given_up.problem) == (TryState.FAILED, SILENT)
    assert not tries.note(id, "still here", NOW + 50 * SECOND)
    tries.finish(id, NOTHING, NOW + 60 * SECOND)
    tries.fail(id, "too late", NOW + 60 * SECOND)
    assert tries.find(id) == given_up


def test_the_newest_try_of_each_proposal_is_told(desk_engine: Engine) -> None:
    tries = SqlTries(desk_engine, PROMOTION)
    one, other, never = proposal(desk_engine), proposal(desk_engine), proposal(desk_engine)
    tries.fail(tries.ask(one, LEAD, NOW), "no", NOW)
    newest = tries.ask(one, LEAD, NOW)
    tries.ask(other, LEAD, NOW)

    told = tries.newest([one, never])
    assert {number: last.id for number, last in told.items()} == {one: newest}
    assert tries.newest([]) == {}


@pytest.mark.parametrize("words", ["x" * 10_000, "Robert'); DROP TABLE proposals;--", "‹ ’ ” 🎁"])
def test_words_of_all_kinds_are_kept(desk_engine: Engine, words: str) -> None:
    tries = SqlTries(desk_engine, PROMOTION)
    id = tries.ask(proposal(desk_engine), LEAD, NOW)
    tries.fail(id, words, NOW)

    kept = tries.find(id)
    assert kept is not None and kept.problem == words
