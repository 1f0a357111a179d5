"""Agents, their sessions, links and failed attempts, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import agent_sessions, sign_in_attempts, sign_in_links
from bot.adapters.sql.agent_sessions import SqlAgentSessions, SqlSignInAttempts, SqlSignInLinks
from bot.adapters.sql.agents import SqlAgents
from bot.core.agents import Agent, Role
from bot.services.access_ports import AgentSession, SignInLink

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
ANNA = Agent("a1", "anna@desk.example", "Anna", Role.LEAD)
BO = Agent("b1", "bo@desk.example", "Bo", Role.AGENT)
SESSION = AgentSession("s1", "a1", NOW, NOW, "Firefox on Linux")


@pytest.fixture
def agents(desk_engine: Engine) -> SqlAgents:
    agents = SqlAgents(desk_engine)
    assert agents.add(BO, NOW)
    assert agents.add(ANNA, NOW)
    return agents


def test_an_agent_is_found_by_id_and_by_address_and_has_nothing_to_prove_it_with_at_first(agents: SqlAgents) -> None:
    found = agents.find("a1")
    assert found is not None
    assert (found.agent, found.password_hash, found.sealed_secret, found.last_step) == (ANNA, "", "", 0)
    assert agents.find_by_email("anna@desk.example") == found
    assert agents.find("nobody") is agents.find_by_email("nobody") is None
    assert agents.all() == [ANNA, BO]


def test_an_address_has_one_agent(agents: SqlAgents) -> None:
    assert not agents.add(replace(BO, id="b2"), NOW)
    assert len(agents.all()) == 2


def test_what_is_changed_of_one_agent_leaves_the_others_alone(agents: SqlAgents) -> None:
    agents.set_password("a1", "hash")
    agents.set_second_factor("a1", "sealed")
    agents.set_role("a1", Role.ADMIN)
    agents.set_disabled("a1", True)
    found, other = agents.find("a1"), agents.find("b1")
    assert found is not None and other is not None
    assert found.agent == replace(ANNA, role=Role.ADMIN, is_disabled=True)
    assert (found.password_hash, found.sealed_secret) == ("hash", "sealed")
    assert (other.agent, other.password_hash, other.sealed_secret) == (BO, "", "")


def test_a_step_is_used_once_and_none_before_it_after_that(agents: SqlAgents) -> None:
    assert agents.use_step("a1", 100)
    assert not agents.use_step("a1", 100)
    assert not agents.use_step("a1", 99)
    assert agents.use_step("a1", 101)
    assert agents.use_step("b1", 100)


def test_a_session_is_found_by_its_token_of_which_only_a_hash_is_kept(agents: SqlAgents, desk_engine: Engine) -> None:
    sessions = SqlAgentSessions(desk_engine, "secret")
    sessions.begin("token", SESSION)
    assert sessions.find("token") == SESSION
    assert sessions.find("s1") is sessions.find("") is None
    assert SqlAgentSessions(desk_engine, "another secret").find("token") is None
    with desk_engine.connect() as connection:
        assert "token" not in str(connection.execute(select(agent_sessions)).all()).replace("token_hash", "")


def test_sessions_end_one_by_one_all_but_one_or_by_age(agents: SqlAgents, desk_engine: Engine) -> None:
    sessions = SqlAgentSessions(desk_engine, "secret")
    for number in range(4):
        at = NOW + timedelta(minutes=number)
        sessions.begin(f"t{number}", AgentSession(f"s{number}", "a1", at, at, "a browser"))
    sessions.begin("other", replace(SESSION, id="other", agent="b1"))
    sessions.see("s0", NOW + timedelta(hours=1))
    assert [one.id for one in sessions.of_agent("a1")] == ["s0", "s3", "s2", "s1"]
    sessions.end("s3")
    sessions.end_those_before(NOW - timedelta(days=1), NOW + timedelta(minutes=2))
    assert [one.id for one in sessions.of_agent("a1")] == ["s0", "s2"]
    sessions.end_all_of("a1", but="s2")
    assert [one.id for one in sessions.of_agent("a1")] == ["s2"]
    sessions.end_all_of("a1")
    assert sessions.of_agent("a1") == []


def test_a_link_works_once_and_not_for_ever(agents: SqlAgents, desk_engine: Engine) -> None:
    links = SqlSignInLinks(desk_engine, "secret")
    link = SignInLink("a1", NOW + timedelta(hours=1), sets_password=True)
    links.make("token", link)
    assert links.find("token", NOW) == link
    assert links.find("token", NOW + timedelta(hours=2)) is None
    assert links.use("token", NOW + timedelta(hours=2)) is None
    assert links.use("another", NOW) is None
    assert links.use("token", NOW) == link
    assert links.use("token", NOW) is links.find("token", NOW) is None


def test_a_new_link_takes_the_place_of_the_old_one_of_its_agent(agents: SqlAgents, desk_engine: Engine) -> None:
    links = SqlSignInLinks(desk_engine, "secret")
    link = SignInLink("a1", NOW + timedelta(hours=1), sets_password=True)
    links.make("of Bo", replace(link, agent="b1"))
    links.make("old", link)
    links.make("new", link)
    assert links.find("old", NOW) is None
    assert links.find("new", NOW) and links.find("of Bo", NOW)
    with desk_engine.connect() as connection:
        assert "new" not in str(connection.execute(select(sign_in_links.c.token_hash)).all())


def test_attempts_are_counted_by_whom_within_a_time_and_kept_without_names(desk_engine: Engine) -> None:
    attempts = SqlSignInAttempts(desk_engine, "secret")
    for minute in (0, 10, 20):
        attempts.note("email", "anna@desk.example", NOW + timedelta(minutes=minute))
    attempts.note("address", "anna@desk.example", NOW)
    later = NOW + timedelta(minutes=5)
    assert attempts.since("email", "anna@desk.example", later) == [NOW + timedelta(minutes=m) for m in (10, 20)]
    with desk_engine.connect() as connection:
        assert "anna" not in str(connection.execute(select(sign_in_attempts)).all())
    attempts.forget("email", "anna@desk.example")
    assert attempts.since("email", "anna@desk.example", NOW) == []
    assert len(attempts.since("address", "anna@desk.example", NOW)) == 1
    attempts.note("email", "bo@desk.example", NOW + timedelta(days=2))
    assert attempts.since("address", "anna@desk.example", NOW) == []
