"""``promodesk retention``: what was kept long enough is deleted, by hand or once a day beside the outbox."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from bot.adapters.sql.migrate import migrate
from bot.bootstrap_privacy import retention_desk
from bot.commands.preflight import read_content
from bot.config import Settings
from bot.services.finish_removals import Removed
from bot.services.run_retention import Outcome, RetentionDesk, run_retention

PAUSE_SECONDS = 0.2
"""Between two steps: who waits to write into SQLite looks ten times a second whether it is their turn."""
DAY_SECONDS = 24 * 3600.0
logger = logging.getLogger(__name__)


def run(settings: Settings, *, dry_run: bool = False, demo: bool = False, console: Console | None = None) -> int:
    """Delete what is old enough, and print what that was; 1 if something could not be done."""
    if demo and settings.today is None:
        settings = replace(settings, today=read_content(settings).demonstration_date)
    migrate(settings.database_url, "desk")
    outcomes: dict[str, Outcome] = {}
    removed: list[Removed] = []
    for step in run_retention(retention_desk(settings), dry_run=dry_run):
        if isinstance(step, Removed):
            removed.append(step)
            continue
        outcomes[step.name] = step
        if step.deleted:
            time.sleep(PAUSE_SECONDS)
    shown = console or Console(soft_wrap=True, highlight=False)
    shown.print(_table(outcomes.values(), dry_run))
    problems = [*_problems(outcomes.values()), *left_over(removed)]
    for problem in problems:
        shown.print(problem, style="yellow", markup=False)
    return 1 if problems else 0


class DailyRetention:
    """The same, a step whenever there is time for one, and all over again a day later."""

    def __init__(self, desk: RetentionDesk) -> None:
        self._desk = desk
        self._running: Iterator[Outcome | Removed] | None = None
        self._last: dict[str, Outcome] = {}
        self._again_at = float("-inf")

    def step(self) -> bool:
        """Do a step, if one is due; whatever goes wrong is logged and tried again the next day: mails do not wait for it."""
        if self._running is None:
            if time.monotonic() < self._again_at:
                return False
            self._running, self._again_at = run_retention(self._desk), time.monotonic() + DAY_SECONDS
        try:
            step = next(self._running, None)
        except Exception:
            logger.exception("what was kept long enough could not be deleted")
            step = None
        if step is None:
            self._end()
            return False
        self._note(step)
        return True

    def _note(self, step: Outcome | Removed) -> None:
        if isinstance(step, Outcome):
            self._last[step.name] = step
        else:
            for problem in left_over([step]):
                logger.warning(problem)

    def _end(self) -> None:
        deleted = ", ".join(f"{step.name} {step.deleted}" for step in self._last.values() if step.deleted)
        if deleted:
            logger.warning("kept long enough and deleted: %s", deleted)
        for problem in _problems(self._last.values()):
            logger.warning(problem)
        self._running, self._last = None, {}


def left_over(removed: Iterable[Removed]) -> list[str]:
    """What could not be removed beside the database, in words."""
    return [
        f"{one.left} of the {one.place.value} could not be removed and are tried again: {one.problem or 'still there'}"
        for one in removed
        if one.left or one.problem
    ]


def _problems(outcomes: Iterable[Outcome]) -> list[str]:
    return [f"{one.name} did not come to its end: {one.problem}" for one in outcomes if one.problem]


def _table(outcomes: Iterable[Outcome], dry_run: bool) -> Table:
    table = Table("kind", "kept", "found", "to delete" if dry_run else "deleted")
    for column in table.columns[2:]:
        column.justify = "right"
    for one in outcomes:
        done = one.found if dry_run else one.deleted
        table.add_row(one.name, _kept(one), str(one.found), str(done))
    return table


def _kept(outcome: Outcome) -> str:
    if not outcome.days:
        return "until it is over"
    return f"{outcome.days} {'day' if outcome.days == 1 else 'days'}"
