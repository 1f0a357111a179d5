"""``promodesk proposal try``: what a proposal would change, found out on a copy of the content."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from bot.bootstrap_console import gap_desk
from bot.config import Settings
from bot.core.agents import Agent, Role
from bot.core.proposals import Proposal
from bot.core.tries import Try, TryState
from bot.core.verdicts import verdict
from bot.services.gap_ports import Tries
from bot.services.ports import Clock, DeskError, InvalidInput, Unavailable

LEAST_PRIORITY = 15
"""How much it lets everything else on the machine go first."""
HEARTBEAT_SECONDS = 5.0
_BY_HAND = Agent("", "", "the command line", Role.ADMIN)


class NoLongerWanted(DeskError):
    """The try was given up while it ran."""


def try_out(settings: Settings, number: int, console: Console | None = None) -> int:
    """Try a proposal and keep what comes out; 1 if nothing did. Raises ``InvalidInput`` if there is none, or another one is tried."""
    from bot.adapters.promotion_file import read_promotion
    from bot.commands.trial import Trial

    shown = console or Console(soft_wrap=True, highlight=False)
    promotion = read_promotion(settings.content / "faq" / "promotion.yml")
    desk = gap_desk(settings, promotion.key)
    proposal = desk.proposals.find(promotion.key, number)
    if proposal is None:
        raise InvalidInput(f"there is no proposal P-{number}; /desk/gaps/proposals lists them")
    own = _begin(desk.tries, proposal, desk.clock)
    _let_others_go_first()
    report = Report(desk.tries, own.id, desk.clock, shown)
    try:
        with report.kept_up():
            result = Trial(settings, desk.content, report.say).run(proposal.change)
        desk.tries.finish(own.id, result, desk.clock.now())
    except Exception as error:  # whatever went wrong, who waits for the result is told
        reason = str(error) if isinstance(error, DeskError) else f"{type(error).__name__}; the desk's log says more."
        desk.tries.fail(own.id, reason, desk.clock.now())
        if isinstance(error, DeskError):
            shown.print(f"{proposal.name} could not be tried: {reason}", markup=False)
            return 1
        raise
    for sentence in verdict(result):
        shown.print(sentence, markup=False)
    return 0


def _begin(tries: Tries, proposal: Proposal, clock: Clock) -> Try:
    """The waiting try of this proposal, or a new one, as the one that runs now."""
    id = tries.ask(proposal.number, _BY_HAND, clock.now())
    own = tries.find(id)
    if own is None or own.state is not TryState.QUEUED or not tries.begin(id, clock.now()):
        raise InvalidInput("another try runs at the moment; this one waits for it")
    return own


def _let_others_go_first() -> None:
    os.nice(LEAST_PRIORITY)


class Report:
    """Tells where a try is, and every few seconds that its process lives."""

    def __init__(self, tries: Tries, id: int, clock: Clock, shown: Console) -> None:
        self._tries = tries
        self._id = id
        self._clock = clock
        self._shown = shown
        self._progress = ""
        self._is_wanted = True
        self._over = threading.Event()

    def say(self, progress: str) -> None:
        """What is done next. Raises ``NoLongerWanted`` if somebody has given the try up."""
        self._progress = progress
        self._shown.print(progress, markup=False)
        self._tell()
        if not self._is_wanted:
            raise NoLongerWanted("it was given up meanwhile")

    @contextmanager
    def kept_up(self) -> Iterator[None]:
        """As long as this lasts, the try counts as alive."""
        beat = threading.Thread(target=self._beat, daemon=True)
        beat.start()
        try:
            yield
        finally:
            self._over.set()
            beat.join()

    def _beat(self) -> None:
        while not self._over.wait(HEARTBEAT_SECONDS):
            try:
                self._tell()
            except Unavailable:
                continue  # the next beat may be heard

    def _tell(self) -> None:
        self._is_wanted = self._tries.note(self._id, self._progress, self._clock.now())
