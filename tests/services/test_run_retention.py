"""What was kept long enough is deleted, and what could not be is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from bot.core.retention import Kept
from bot.services.finish_removals import Removed
from bot.services.ports import Unavailable
from bot.services.privacy_ports import Place
from bot.services.run_retention import Outcome, RetentionDesk, run_retention
from tests.fakes import FakeClock
from tests.fakes.privacy import FakePlace, FakeRemovals

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
DEMONSTRATION = datetime(2023, 12, 15, 9, 0, tzinfo=timezone.utc)


@dataclass
class FakeAging:
    """The ``AgingData`` port over a list of moments."""

    kept: Kept | None
    moments: list[datetime]
    ages_by_desk_clock: bool = True
    is_down: bool = False
    fails_after: int = 10**9

    @property
    def name(self) -> str:
        return self.kept.value if self.kept else "sessions"

    def count(self, before: datetime) -> int:
        if self.is_down:
            raise Unavailable("it is down")
        return sum(moment < before for moment in self.moments)

    def drop(self, before: datetime, most: int) -> Iterator[int]:
        while old := [moment for moment in self.moments if moment < before][: min(most, 2)]:
            if self.fails_after <= 0:
                raise Unavailable("it went down")
            self.fails_after -= 1
            for moment in old:
                self.moments.remove(moment)
            yield len(old)


def desk(
    *data: FakeAging, removals: FakeRemovals | None = None, elsewhere: Sequence[FakePlace] = (), today: datetime = NOW
) -> RetentionDesk:
    return RetentionDesk(data, removals or FakeRemovals(), elsewhere, FakeClock(NOW), FakeClock(today), lambda: True)


def days_ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=day) for day in days]


def test_what_is_older_than_its_days_goes_in_steps_and_the_rest_stays() -> None:
    aging = FakeAging(Kept.LOOKUP_ATTEMPTS, days_ago(31, 32, 33, 29, 0))

    steps = list(run_retention(desk(aging)))

    assert steps == [Outcome("lookup_attempts", 30, 3, deleted) for deleted in (0, 2, 3)]
    assert aging.moments == days_ago(29, 0)


def test_what_is_over_by_itself_is_not_kept_a_day_longer() -> None:
    sessions = FakeAging(None, days_ago(0.001, -0.001))
    *_, last = run_retention(desk(sessions))
    assert last == Outcome("sessions", 0, 1, 1)


def test_a_dry_run_tells_the_same_counts_and_deletes_nothing() -> None:
    kinds = (Kept.CONVERSATIONS, Kept.LOOKUP_DETAILS, Kept.AUDIT)
    aging = [FakeAging(kind, days_ago(1, 100, 1000)) for kind in kinds]
    removals = FakeRemovals(FILES=["f"])
    place = FakePlace(Place.FILES)

    counted = list(run_retention(desk(*aging, removals=removals, elsewhere=[place]), dry_run=True))
    assert all(len(one.moments) == 3 for one in aging) and place.removed == []

    done = {step.name: step for step in run_retention(desk(*aging)) if isinstance(step, Outcome)}
    assert [one.found for one in counted if isinstance(one, Outcome)] == [one.deleted for one in done.values()]


def test_a_kind_that_fails_keeps_no_other_from_its_turn() -> None:
    broken = FakeAging(Kept.CONVERSATIONS, days_ago(100, 100, 100), fails_after=1)
    down = FakeAging(Kept.TICKETS, days_ago(1000), is_down=True)
    works = FakeAging(Kept.AUDIT, days_ago(1000))

    last = {step.name: step for step in run_retention(desk(broken, down, works)) if isinstance(step, Outcome)}

    assert last["conversations"] == Outcome("conversations", 90, 3, 2, "it went down")
    assert last["tickets"].problem == "it is down" and last["audit"].deleted == 1


def test_what_was_interrupted_goes_on_the_next_time() -> None:
    aging = FakeAging(Kept.AUDIT, days_ago(800, 800, 800))

    steps = run_retention(desk(aging))
    next(steps), next(steps)
    steps.close()
    assert len(aging.moments) == 1

    list(run_retention(desk(aging)))
    assert aging.moments == []


def test_a_demonstrations_day_ages_only_what_was_noted_on_it() -> None:
    on_that_day = FakeAging(Kept.CONVERSATIONS, [DEMONSTRATION])
    really = FakeAging(Kept.MAILS, days_ago(91), ages_by_desk_clock=False)

    list(run_retention(desk(on_that_day, really, today=DEMONSTRATION)))

    assert on_that_day.moments == [DEMONSTRATION] and really.moments == []


def test_a_day_in_the_future_makes_nothing_older() -> None:
    today = FakeAging(Kept.CONVERSATIONS, [NOW])
    list(run_retention(desk(today, today=NOW + timedelta(days=5000))))
    assert today.moments == [NOW]


def test_what_has_to_go_elsewhere_goes_and_what_is_stuck_is_tried_again() -> None:
    removals = FakeRemovals(FILES=[f"{number:04}" for number in range(1200)], RASA=["a"], SHOWN_MAILS=["T"])
    files = FakePlace(Place.FILES, stuck={"0003", "0700"})
    rasa = FakePlace(Place.RASA, is_down=True)
    shown = FakePlace(Place.SHOWN_MAILS)
    working = desk(removals=removals, elsewhere=[files, rasa, shown])

    assert list(run_retention(working)) == [
        Removed(Place.FILES, 1198, 2),
        Removed(Place.RASA, 0, 1, "the place is away"),
        Removed(Place.SHOWN_MAILS, 1),
    ]
    assert removals.noted == {Place.FILES: ["0003", "0700"], Place.RASA: ["a"], Place.SHOWN_MAILS: []}

    files.stuck, rasa.is_down = (), False
    list(run_retention(working))
    assert not any(removals.noted.values())
