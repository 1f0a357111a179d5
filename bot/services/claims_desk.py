"""Everything agents look at claims and judge purchases with, whoever puts it together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.claim_ports import ClaimSearch
from bot.services.console_ports import Audit
from bot.services.ports import Claims, Clock, Products


@dataclass(frozen=True)
class ClaimsDesk:
    """The ports and the content."""

    claims: Claims
    search: ClaimSearch
    products: Products
    audit: Audit
    promotion: Promotion
    wording: Wording
    clock: Clock
