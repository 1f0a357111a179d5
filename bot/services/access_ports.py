"""What signing in needs of the outside world: who the agents are, their sessions, and what proves who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.agents import Agent, Role


@dataclass(frozen=True)
class Credentials:
    """What an agent proves by that it is them; empty where nothing was set."""

    agent: Agent
    password_hash: str = ""
    sealed_secret: str = ""
    """The second factor's secret, unreadable without the desk's own."""
    last_step: int = 0
    """The time step of the last code that was used: none is taken twice."""


class Agents(Protocol):
    """Everybody who may sign in."""

    def add(self, agent: Agent, at: datetime) -> bool:
        """Keep a new agent; False if the address has one already. Raises ``Unavailable``."""

    def all(self) -> Sequence[Agent]:
        """Everybody, by name. Raises ``Unavailable``."""

    def find(self, id: str) -> Credentials | None:
        """By id. Raises ``Unavailable``."""

    def find_by_email(self, email: str) -> Credentials | None:
        """By address, in its comparable form. Raises ``Unavailable``."""

    def set_password(self, id: str, password_hash: str) -> None:
        """Raises ``Unavailable``."""

    def set_second_factor(self, id: str, sealed_secret: str) -> None:
        """An empty secret takes the second factor away. Raises ``Unavailable``."""

    def use_step(self, id: str, step: int) -> bool:
        """Note that the code of a time step was used; False if it, or a later one, was used before. Raises ``Unavailable``."""

    def set_role(self, id: str, role: Role) -> None:
        """Raises ``Unavailable``."""

    def set_disabled(self, id: str, is_disabled: bool) -> None:
        """Raises ``Unavailable``."""


@dataclass(frozen=True)
class AgentSession:
    """One browser in which an agent is signed in."""

    id: str
    """Names the session towards its agent; nobody can sign in with it."""
    agent: str
    began_at: datetime
    last_seen_at: datetime
    device: str
    awaits_code: bool = False
    """The password was right, and the second factor is still to come."""


class AgentSessions(Protocol):
    """Who is signed in; of a session's token only a keyed hash is kept."""

    def begin(self, token: str, session: AgentSession) -> None:
        """Raises ``Unavailable``."""

    def find(self, token: str) -> AgentSession | None:
        """Raises ``Unavailable``."""

    def of_agent(self, agent: str) -> Sequence[AgentSession]:
        """The latest first. Raises ``Unavailable``."""

    def see(self, id: str, at: datetime) -> None:
        """Note that a session is in use. Raises ``Unavailable``."""

    def end(self, id: str) -> None:
        """Raises ``Unavailable``."""

    def end_all_of(self, agent: str, *, but: str = "") -> None:
        """End every session of an agent, but for one. Raises ``Unavailable``."""

    def end_those_before(self, began: datetime, seen: datetime) -> None:
        """End what began, or was last in use, before these moments. Raises ``Unavailable``."""


@dataclass(frozen=True)
class SignInLink:
    """A link that lets an agent in once; ``sets_password`` if a password is to be chosen by it."""

    agent: str
    expires_at: datetime
    sets_password: bool


class SignInLinks(Protocol):
    """Links that work once; of each only a keyed hash is kept."""

    def make(self, token: str, link: SignInLink) -> None:
        """Keep a link; earlier ones of its agent stop working. Raises ``Unavailable``."""

    def find(self, token: str, now: datetime) -> SignInLink | None:
        """The link, unless it was used or is too old. Raises ``Unavailable``."""

    def use(self, token: str, now: datetime) -> SignInLink | None:
        """Take the link so that nobody else can; None as for ``find``. Raises ``Unavailable``."""


class SignInAttempts(Protocol):
    """Attempts to sign in that failed; addresses are kept as keyed hashes only."""

    def note(self, kind: str, value: str, at: datetime) -> None:
        """Raises ``Unavailable``."""

    def since(self, kind: str, value: str, moment: datetime) -> Sequence[datetime]:
        """When they failed, the earliest first. Raises ``Unavailable``."""

    def forget(self, kind: str, value: str) -> None:
        """Raises ``Unavailable``."""


class Passwords(Protocol):
    """Hashes passwords so that they cannot be found out from what is kept."""

    def hash(self, password: str) -> str:
        """What is kept of a password."""

    def is_right(self, password: str, password_hash: str) -> bool:
        """Takes as long for an empty hash, which no password fits."""

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was hashed in a way that is not strong enough any more."""


class SecondFactor(Protocol):
    """Codes of an authenticator app (RFC 6238)."""

    def new_secret(self) -> str:
        """A secret for an app."""

    def address(self, secret: str, account: str, issuer: str) -> str:
        """What an app reads from a QR code."""

    def seal(self, secret: str) -> str:
        """The secret as it may be kept."""

    def open(self, sealed: str) -> str:
        """The secret of what was sealed; empty if it was sealed with another desk's secret."""

    def step_of(self, code: str, secret: str, at: datetime) -> int | None:
        """The time step whose code this is, if it is that of now or of a step beside; None for a wrong one."""
