"""Adding, disabling and resetting agents, giving them another role, and what each can change of their own access."""

from __future__ import annotations

from bot.core.agents import Agent, Role, password_problem
from bot.core.conversations import new_id
from bot.core.email_addresses import comparable_email, is_address
from bot.core.plain_text import one_line
from bot.services.ports import InvalidInput
from bot.services.sign_in import (
    AccessDesk,
    SignedIn,
    SignInRefused,
    check_attempts,
    check_code,
    make_link,
    note_failure,
)

LONGEST_NAME = 100


def add_agent(desk: AccessDesk, email: str, name: str, role: Role) -> tuple[Agent, str]:
    """A new agent, and the token of the link by which they choose their password.

    Raises ``InvalidInput`` for an address that is none or has an agent already, or a missing name.
    """
    agent = Agent(new_id(), comparable_email(one_line(email)), one_line(name), role)
    if not is_address(agent.email):
        raise InvalidInput(f"{email!r} is no e-mail address; write one such as anna@company.example")
    if not 0 < len(agent.name) <= LONGEST_NAME:
        raise InvalidInput(f"the name has {len(agent.name)} characters; give one of 1 to {LONGEST_NAME}")
    if not desk.agents.add(agent, desk.clock.now()):
        raise InvalidInput(f"{agent.email} has an agent already; reset it instead: promodesk agent reset {agent.email}")
    return agent, make_link(desk, agent, sets_password=True)


def agent_called(desk: AccessDesk, email: str) -> Agent:
    """The agent of an address; raises ``InvalidInput`` if there is none."""
    known = desk.agents.find_by_email(comparable_email(email))
    if known is None:
        raise InvalidInput(f"there is no agent {email}; promodesk agent list shows all")
    return known.agent


def disable_agent(desk: AccessDesk, agent: Agent) -> None:
    """The agent cannot sign in any more, and is signed out everywhere. Raises ``InvalidInput`` for the last admin."""
    _refuse_to_lose_the_last_admin(desk, agent)
    desk.agents.set_disabled(agent.id, True)
    desk.sessions.end_all_of(agent.id)


def change_role(desk: AccessDesk, agent: Agent, role: Role) -> None:
    """The agent may do what this role may, from the next click on. Raises ``InvalidInput`` for the last admin."""
    if role is not Role.ADMIN:
        _refuse_to_lose_the_last_admin(desk, agent)
    desk.agents.set_role(agent.id, role)


def _refuse_to_lose_the_last_admin(desk: AccessDesk, agent: Agent) -> None:
    others = [one for one in desk.agents.all() if one.role is Role.ADMIN and not one.is_disabled and one.id != agent.id]
    if agent.role is Role.ADMIN and not agent.is_disabled and not others:
        raise InvalidInput(f"{agent.email} is the last admin; make another one first")


def reset_agent(desk: AccessDesk, agent: Agent) -> str:
    """The token of a link by which a new password is chosen: the old one, the second factor and all sessions are gone.

    An agent who was disabled is let in again by it.
    """
    desk.agents.set_disabled(agent.id, False)
    desk.agents.set_password(agent.id, "")
    desk.agents.set_second_factor(agent.id, "")
    desk.sessions.end_all_of(agent.id)
    desk.attempts.forget("email", agent.email)
    return make_link(desk, agent, sets_password=True)


def change_password(desk: AccessDesk, who: SignedIn, current: str, new: str, *, address: str) -> None:
    """A new password; other sessions of the agent end. Raises ``SignInRefused``, ``TooManyAttempts``."""
    check_attempts(desk, who.agent.email, address)
    known = desk.agents.find(who.agent.id)
    if known is None or (known.password_hash and not desk.passwords.is_right(current, known.password_hash)):
        note_failure(desk, who.agent.email, address)
        raise SignInRefused("password_wrong")
    if problem := password_problem(new, who.agent):
        raise SignInRefused(problem)
    desk.agents.set_password(who.agent.id, desk.passwords.hash(new))
    desk.sessions.end_all_of(who.agent.id, but=who.session.id)


def set_up_second_factor(desk: AccessDesk, who: SignedIn, secret: str, code: str, *, address: str) -> None:
    """Ask for codes of the app that has this secret from now on.

    Raises ``SignInRefused`` if the code is not one of them, or there is an app already, which only its own code takes
    away; ``TooManyAttempts``.
    """
    known = desk.agents.find(who.agent.id)
    if known is None or known.sealed_secret:
        raise SignInRefused("code_there_already")
    check_code(desk, known, code, secret, address=address)
    desk.agents.set_second_factor(who.agent.id, desk.codes.seal(secret))
    desk.sessions.end_all_of(who.agent.id, but=who.session.id)


def take_second_factor_away(desk: AccessDesk, who: SignedIn, code: str, *, address: str) -> None:
    """Ask for the password only. Raises ``SignInRefused`` if the code is wrong, ``TooManyAttempts``."""
    known = desk.agents.find(who.agent.id)
    if known is None:
        raise SignInRefused("code_wrong")
    check_code(desk, known, code, address=address)
    desk.agents.set_second_factor(who.agent.id, "")
