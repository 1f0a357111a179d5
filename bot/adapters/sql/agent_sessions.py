"""Who is signed in at the desk, the links that let somebody in once, and failed attempts, in the desk database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Engine, RowMapping

from bot.adapters.sql.access_tables import agent_sessions, sign_in_attempts, sign_in_links
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.keys import derive_key, sign
from bot.services.access_ports import AgentSession, SignInLink

ATTEMPTS_KEPT = timedelta(days=1)


class SqlAgentSessions:
    """The ``AgentSessions`` port over SQL."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._key = derive_key(secret, "agent session")

    def begin(self, token: str, session: AgentSession) -> None:
        self._change(insert(agent_sessions).values(token_hash=sign(self._key, token), **asdict(session)))

    def find(self, token: str) -> AgentSession | None:
        found = self._read(select(agent_sessions).where(agent_sessions.c.token_hash == sign(self._key, token)))
        return found[0] if found else None

    def of_agent(self, agent: str) -> Sequence[AgentSession]:
        own = select(agent_sessions).where(agent_sessions.c.agent == agent)
        return self._read(own.order_by(agent_sessions.c.last_seen_at.desc()))

    def see(self, id: str, at: datetime) -> None:
        self._change(update(agent_sessions).where(agent_sessions.c.id == id).values(last_seen_at=at))

    def end(self, id: str) -> None:
        self._change(delete(agent_sessions).where(agent_sessions.c.id == id))

    def end_all_of(self, agent: str, *, but: str = "") -> None:
        self._change(delete(agent_sessions).where(agent_sessions.c.agent == agent, agent_sessions.c.id != but))

    def end_those_before(self, began: datetime, seen: datetime) -> None:
        old = or_(agent_sessions.c.began_at < began, agent_sessions.c.last_seen_at < seen)
        self._change(delete(agent_sessions).where(old))

    def _read(self, wanted: Any) -> list[AgentSession]:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [_session(row) for row in connection.execute(wanted).mappings()]

    def _change(self, statement: Any) -> None:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(statement)


class SqlSignInLinks:
    """The ``SignInLinks`` port over SQL."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._key = derive_key(secret, "sign-in link")

    def make(self, token: str, link: SignInLink) -> None:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(delete(sign_in_links).where(sign_in_links.c.agent == link.agent))
            connection.execute(insert(sign_in_links).values(token_hash=sign(self._key, token), **asdict(link)))

    def find(self, token: str, now: datetime) -> SignInLink | None:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            row = connection.execute(select(sign_in_links).where(self._valid(token, now))).mappings().first()
        return SignInLink(row["agent"], row["expires_at"], row["sets_password"]) if row else None

    def use(self, token: str, now: datetime) -> SignInLink | None:
        link = self.find(token, now)
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            # Of two that found the same link, one removes it.
            is_taken = connection.execute(delete(sign_in_links).where(self._valid(token, now))).rowcount
        return link if is_taken else None

    def _valid(self, token: str, now: datetime) -> Any:
        return (sign_in_links.c.token_hash == sign(self._key, token)) & (sign_in_links.c.expires_at > now)


class SqlSignInAttempts:
    """The ``SignInAttempts`` port over SQL."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._key = derive_key(secret, "sign-in attempt")

    def note(self, kind: str, value: str, at: datetime) -> None:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at < at - ATTEMPTS_KEPT))
            connection.execute(insert(sign_in_attempts).values(who=self._who(kind, value), at=at))

    def since(self, kind: str, value: str, moment: datetime) -> Sequence[datetime]:
        own = (sign_in_attempts.c.who == self._who(kind, value)) & (sign_in_attempts.c.at >= moment)
        failed = select(sign_in_attempts.c.at).where(own).order_by(sign_in_attempts.c.position)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return list(connection.execute(failed).scalars())

    def forget(self, kind: str, value: str) -> None:
        with told_as_unavailable("desk"), self._engine.begin() as connection:
            connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.who == self._who(kind, value)))

    def _who(self, kind: str, value: str) -> str:
        return sign(self._key, f"{kind} {value}")


def _session(row: RowMapping) -> AgentSession:
    return AgentSession(**{name: row[name] for name in AgentSession.__dataclass_fields__})
