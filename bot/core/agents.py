"""Who works at the desk, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(str, Enum):
    """What an agent may do; each role may do all that the ones before it may."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"

    def covers(self, needed: Role) -> bool:
        """Whether this role may do what the other one may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


def with_article(role: Role) -> str:
    """For sentences: ``an agent``, ``a lead``."""
    return f"{'a' if role is Role.LEAD else 'an'} {role.value}"


@dataclass(frozen=True)
class Agent:
    """Somebody who may sign in at the desk; ``email`` is in the form in which addresses are compared."""

    id: str
    email: str
    name: str
    role: Role
    is_disabled: bool = False


SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
"""In characters. More would only cost time to hash."""
_EVERYDAY = frozenset({"password", "passwort", "qwerty", "qwertz", "letmein", "welcome", "iloveyou", "promodesk", "adgangskode", "losenord", "passord"})  # fmt: skip


def password_problem(password: str, agent: Agent) -> str:
    """The wording key of why this cannot be the agent's password, or nothing. After NIST SP 800-63B: length, no rules of signs."""
    if len(password) < SHORTEST_PASSWORD:
        return "password_too_short"
    if len(password) > LONGEST_PASSWORD:
        return "password_too_long"
    return "password_too_easy" if _is_easy(password.casefold(), agent) else ""


def _is_easy(password: str, agent: Agent) -> bool:
    own = {agent.email, agent.email.partition("@")[0], agent.name.casefold()} - {""}
    left = password
    for word in sorted(own | _EVERYDAY, key=len, reverse=True):
        left = left.replace(word, "")
    return len(set(left)) < 5
