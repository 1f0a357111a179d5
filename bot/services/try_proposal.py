"""Have a proposal tried, and tell how that goes; the trying itself is a process of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.core.agents import Agent
from bot.core.tries import Try, TryState
from bot.services.find_gaps import GapDesk

SILENT_AFTER = timedelta(seconds=45)
"""A process that tries says every few seconds that it lives; one that was silent for so long does not."""


def try_proposal(desk: GapDesk, proposal: int, agent: Agent) -> None:
    """Queue a try, and see that the queue moves on. Raises ``Unavailable``."""
    desk.tries.ask(proposal, agent, desk.clock.now())
    move_on(desk)


def tell_tries(desk: GapDesk, proposals: Collection[int]) -> Mapping[int, Try]:
    """The last try of each proposal as it stands now. Raises ``Unavailable``.

    Whoever looks keeps the queue moving: a process that was killed is found out here, and the next one started.
    """
    move_on(desk)
    return desk.tries.newest(proposals)


def move_on(desk: GapDesk) -> None:
    """Give up a try whose process is gone, and start the next one if none runs. Raises ``Unavailable``."""
    now = desk.clock.now()
    desk.tries.give_up_silent(now - SILENT_AFTER, now)
    waiting = desk.tries.next_queued()
    if waiting:
        desk.runner.start(waiting.proposal)


def settle_end(desk: GapDesk, proposal: int) -> None:
    """The process that tried a proposal is over: if it did not say how it went, that is said here; then the next one.

    A try that could not even begin is given up as well, or it would be started again without end.
    """
    last = desk.tries.newest([proposal]).get(proposal)
    if last and last.state is TryState.RUNNING:
        desk.tries.fail(last.id, "its process was ended before it was ready; try it again.", desk.clock.now())
    waiting = desk.tries.next_queued()
    if last and waiting and waiting.id == last.id:
        desk.tries.fail(last.id, "its process could not begin; the desk's log says why.", desk.clock.now())
    move_on(desk)
