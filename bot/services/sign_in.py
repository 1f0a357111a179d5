"""Signing in at the desk: password, second factor, links that work once, and sessions that end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.agents import Agent, password_problem
from bot.core.conversations import new_id
from bot.core.email_addresses import comparable_email
from bot.core.plain_text import one_line
from bot.services.access_ports import (
    Agents,
    AgentSession,
    AgentSessions,
    Credentials,
    Passwords,
    SecondFactor,
    SignInAttempts,
    SignInLink,
    SignInLinks,
)
from bot.services.ports import Clock, DeskError

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
CODE_TIME = timedelta(minutes=5)
"""So long a right password waits for its second factor."""
SEEN_EVERY = timedelta(minutes=1)
ATTEMPT_WINDOW = timedelta(minutes=15)
MOST_ATTEMPTS = {"email": 5, "address": 30}
"""So many attempts may fail in the window, by the agent's address and by the network's."""
LINK_TIME = timedelta(hours=24)


class SignInRefused(DeskError):
    """Not let in; ``key`` is the wording key of what the agent is told."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class TooManyAttempts(DeskError):
    """Not even looked at; ``seconds`` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many attempts to sign in; wait {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True)
class AccessDesk:
    """Everything signing in works with; its clock is the real one, whatever day the desk acts on."""

    agents: Agents
    sessions: AgentSessions
    links: SignInLinks
    attempts: SignInAttempts
    passwords: Passwords
    codes: SecondFactor
    clock: Clock


@dataclass(frozen=True)
class SignedIn:
    """An agent and the session they are signed in with."""

    agent: Agent
    session: AgentSession


def sign_in(
    desk: AccessDesk, email: str, password: str, *, address: str, device: str, earlier: str = ""
) -> tuple[str, bool]:
    """The token of a new session, and whether it still waits for the second factor; the browser's ``earlier`` one is over.

    A wrong address and a wrong password are told apart neither by words nor by time. Raises ``SignInRefused``,
    ``TooManyAttempts``, ``Unavailable``.
    """
    email = comparable_email(one_line(email))
    check_attempts(desk, email, address)
    known = desk.agents.find_by_email(email)
    is_right = desk.passwords.is_right(password, known.password_hash if known else "")
    if known is None or not is_right or known.agent.is_disabled:
        note_failure(desk, email, address)
        raise SignInRefused("sign_in_wrong")
    if desk.passwords.is_outdated(known.password_hash):
        desk.agents.set_password(known.agent.id, desk.passwords.hash(password))
    if not known.sealed_secret:
        desk.attempts.forget("email", email)
    end_session(desk, earlier)
    return _begin(desk, known, device, awaits_code=bool(known.sealed_secret)), bool(known.sealed_secret)


def confirm_code(desk: AccessDesk, token: str, code: str, *, address: str) -> str:
    """The token of the complete session; the one that waited for the code is over. Raises as ``sign_in`` does."""
    waiting = desk.sessions.find(token)
    if waiting is None or not waiting.awaits_code or _is_over(waiting, desk.clock.now()):
        raise SignInRefused("sign_in_over")
    known = desk.agents.find(waiting.agent)
    if known is None or known.agent.is_disabled:
        raise SignInRefused("sign_in_over")
    check_code(desk, known, code, address=address)
    desk.attempts.forget("email", known.agent.email)
    desk.sessions.end(waiting.id)
    return _begin(desk, known, waiting.device, awaits_code=False)


def check_code(desk: AccessDesk, known: Credentials, code: str, secret: str = "", *, address: str) -> None:
    """Use a code of the agent's app, or of one with this ``secret``.

    Raises ``SignInRefused`` for a code that is wrong or was used, ``TooManyAttempts``: six digits are soon tried.
    """
    check_attempts(desk, known.agent.email, address)
    step = desk.codes.step_of(code, secret or desk.codes.open(known.sealed_secret), desk.clock.now())
    if step is None or not desk.agents.use_step(known.agent.id, step):
        note_failure(desk, known.agent.email, address)
        raise SignInRefused("code_wrong")


def who_is(desk: AccessDesk, token: str, *, is_use: bool = True) -> SignedIn | None:
    """Who is signed in with this token, if anybody still is; to ask need not count as use. Raises ``Unavailable``."""
    session = desk.sessions.find(token) if token else None
    now = desk.clock.now()
    if session is None or session.awaits_code or _is_over(session, now):
        return None
    known = desk.agents.find(session.agent)
    if known is None or known.agent.is_disabled:
        return None
    if is_use and now - session.last_seen_at > SEEN_EVERY:
        desk.sessions.see(session.id, now)
    return SignedIn(known.agent, session)


def make_link(desk: AccessDesk, agent: Agent, *, sets_password: bool) -> str:
    """The token of a link that lets this agent in once. Raises ``Unavailable``."""
    token = secrets.token_urlsafe(32)
    desk.links.make(token, SignInLink(agent.id, desk.clock.now() + LINK_TIME, sets_password))
    return token


def linked_agent(desk: AccessDesk, token: str) -> tuple[Agent, SignInLink] | None:
    """Whom a link lets in; it is not used by looking. Raises ``Unavailable``."""
    link = desk.links.find(token, desk.clock.now())
    known = desk.agents.find(link.agent) if link else None
    return (known.agent, link) if link and known and not known.agent.is_disabled else None


def follow_link(desk: AccessDesk, token: str, password: str, *, device: str, earlier: str = "") -> str:
    """The token of a new session; by a link that sets a password, the password is set and other sessions end.

    The browser's ``earlier`` session is over, whoever it was.

    Raises ``SignInRefused``, also for a password that cannot be taken: the link still works then.
    """
    found = linked_agent(desk, token)
    if found is None:
        raise SignInRefused("link_over")
    agent, link = found
    if link.sets_password and (problem := password_problem(password, agent)):
        raise SignInRefused(problem)
    if desk.links.use(token, desk.clock.now()) is None:
        raise SignInRefused("link_over")
    if link.sets_password:
        desk.agents.set_password(agent.id, desk.passwords.hash(password))
        desk.sessions.end_all_of(agent.id)
    known = desk.agents.find(agent.id)
    assert known is not None
    end_session(desk, earlier)
    return _begin(desk, known, device, awaits_code=False)


def check_attempts(desk: AccessDesk, email: str, address: str) -> None:
    """Raises ``TooManyAttempts`` if too many failed for this agent or from this network address."""
    now = desk.clock.now()
    for kind, value in (("email", email), ("address", address)):
        failed = desk.attempts.since(kind, value, now - ATTEMPT_WINDOW)
        if len(failed) >= MOST_ATTEMPTS[kind]:
            again = failed[-MOST_ATTEMPTS[kind]] + ATTEMPT_WINDOW - now
            raise TooManyAttempts(max(1, int(again.total_seconds()) + 1))


def end_session(desk: AccessDesk, token: str) -> None:
    """The session of a token is over, if there is one. Raises ``Unavailable``."""
    session = desk.sessions.find(token) if token else None
    if session:
        desk.sessions.end(session.id)


def note_failure(desk: AccessDesk, email: str, address: str) -> None:
    now = desk.clock.now()
    desk.attempts.note("email", email, now)
    desk.attempts.note("address", address, now)


def _begin(desk: AccessDesk, known: Credentials, device: str, *, awaits_code: bool) -> str:
    token, now = secrets.token_urlsafe(32), desk.clock.now()
    desk.sessions.end_those_before(now - LONGEST, now - IDLE)
    desk.sessions.begin(token, AgentSession(new_id(), known.agent.id, now, now, device, awaits_code))
    return token


def _is_over(session: AgentSession, now: datetime) -> bool:
    if session.awaits_code:
        return now - session.began_at > CODE_TIME
    return now - session.began_at > LONGEST or now - session.last_seen_at > IDLE
