"""Tells the log who got in, who did not, and what was refused; whoever was refused is a mark that means nothing elsewhere."""

from __future__ import annotations

import logging

from fastapi import Request

from bot.core.email_addresses import comparable_email
from bot.core.keys import derive_key, sign
from bot.web.client_address import address_of

SECURITY_REFUSALS = frozenset(
    {"cross_site", "form_expired", "no_key", "not_allowed", "not_verified", "too_many_files", "too_many_tickets", "trapped", "unknown_button"}
)  # fmt: skip
"""The codes of refusals that a mistake hardly explains."""
MARK_LENGTH = 12
logger = logging.getLogger(__name__)


def tell_signed_in(request: Request, agent: str, way: str) -> None:
    """An agent (an id) was let in, by ``password``, ``code`` or ``link``."""
    logger.info("signed in: agent %s by %s, network %s", agent, way, _network_of(request))


def tell_not_signed_in(request: Request, why: str, email: str = "") -> None:
    """Somebody was not let in; ``why`` is the wording's key. The same address has the same mark, known or not."""
    account = mark(request, comparable_email(email)) if email else "unknown"
    logger.info("not signed in: %s, account %s, network %s", why, account, _network_of(request))


def tell_refused(request: Request, code: str) -> None:
    """A request was refused in a way that a mistake hardly explains; its address is told by its route only."""
    if code in SECURITY_REFUSALS:
        route = getattr(request.scope.get("route"), "path", "other")
        logger.info("refused: %s, route %s, network %s", code, route, _network_of(request))


def mark(request: Request, value: str) -> str:
    """What stands for an address in the log: its keyed hash, cut short."""
    return sign(derive_key(request.app.state.gateway.secret, "security log"), value)[:MARK_LENGTH]


def _network_of(request: Request) -> str:
    return mark(request, address_of(request))
