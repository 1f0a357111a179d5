"""Propose a change of the content that would settle a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.agents import Agent
from bot.core.gap_groups import GapGroup
from bot.core.promotion import Promotion
from bot.core.proposals import Change, problems_of
from bot.services.console_ports import Audit
from bot.services.find_gaps import GapDesk
from bot.services.gap_ports import Draft
from bot.services.ports import Clock, InvalidInput


class ProposalProblems(InvalidInput):
    """A proposal has to be mended first; ``problems`` says what, by field."""

    def __init__(self, problems: Mapping[str, Sequence[str]]) -> None:
        super().__init__("\n".join(sentence for own in problems.values() for sentence in own))
        self.problems = problems


def propose_change(
    desk: GapDesk,
    audit: Audit,
    promotion: Promotion,
    change: Change,
    group: GapGroup,
    taken: Sequence[str],
    agent: Agent,
    clock: Clock,
) -> int:
    """Keep the change as a proposal that takes these phrases of the group; its number.

    Raises ``ProposalProblems``, ``InvalidInput`` if the content cannot be read, and ``Unavailable``.
    """
    now = clock.now()
    problems = problems_of(change, desk.content.outline(), promotion.claim_reference, now.date())
    if problems:
        raise ProposalProblems(problems)
    number = desk.proposals.add(promotion.key, Draft(change, group.key, group.text, tuple(taken)), agent, now)
    audit.note(agent, "change_proposed", f"P-{number}", change.way.value, now)
    return number


def withdraw_proposal(
    desk: GapDesk, audit: Audit, promotion: Promotion, number: int, agent: Agent, clock: Clock
) -> bool:
    """Take a proposal back; False if there is none that stands. Raises ``Unavailable``."""
    now = clock.now()
    is_withdrawn = desk.proposals.withdraw(promotion.key, number, now)
    if is_withdrawn:
        audit.note(agent, "change_withdrawn", f"P-{number}", "gaps", now)
    return is_withdrawn
