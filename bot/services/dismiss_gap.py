"""Decide that a group of questions is no gap, or take that back."""

from __future__ import annotations

from bot.core.agents import Agent
from bot.core.gap_groups import GapGroup
from bot.core.promotion import Promotion
from bot.services.console_ports import Audit
from bot.services.find_gaps import GapDesk
from bot.services.ports import Clock


def dismiss_gap(desk: GapDesk, audit: Audit, promotion: Promotion, group: GapGroup, agent: Agent, clock: Clock) -> None:
    """All wordings of the group are no gaps from now on. Raises ``Unavailable``."""
    now = clock.now()
    desk.dismissals.add(promotion.key, {phrase.key: phrase.text for phrase in group.phrases}, agent, now)
    audit.note(agent, "gap_dismissed", group.key, "gaps", now)


def restore_gap(desk: GapDesk, audit: Audit, promotion: Promotion, group: GapGroup, agent: Agent, clock: Clock) -> None:
    """They are gaps again. Raises ``Unavailable``."""
    desk.dismissals.remove(promotion.key, [phrase.key for phrase in group.phrases])
    audit.note(agent, "gap_restored", group.key, "gaps", clock.now())
