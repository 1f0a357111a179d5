"""Everything the agents' desk works with, whoever puts it together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.answer_help_desk import HelpDeskBot
from bot.services.claims_desk import ClaimsDesk
from bot.services.console_ports import AuditLog
from bot.services.find_gaps import GapDesk
from bot.services.manage_api_keys import KeyDesk
from bot.services.measure_desk import InsightDesk
from bot.services.queue_desk import QueueDesk
from bot.services.sign_in import AccessDesk
from bot.services.suggest_answers import AssistDesk


@dataclass(frozen=True)
class Console:
    """One part for each area of the agents' desk."""

    access: AccessDesk
    audit: AuditLog
    claims: ClaimsDesk
    insights: InsightDesk
    gaps: GapDesk
    queue: QueueDesk
    assist: AssistDesk
    keys: KeyDesk
    help_desk: HelpDeskBot | None = None
    """Answers the customers of another help desk, where there is one."""
