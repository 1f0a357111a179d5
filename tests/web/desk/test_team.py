"""The team's page: for admins only."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import audit
from bot.core.agents import Role
from tests.access import PASSWORD
from tests.web.desk.conftest import AgentBrowser, form_token

SignIn = Callable[..., AgentBrowser]


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD])
def test_only_admins_see_or_change_the_team(sign_in_as: SignIn, role: Role) -> None:
    browser = sign_in_as(role)
    assert browser.get("/desk/team").status_code == 403
    assert browser.submit("/desk/team", name="Eve", email="eve@desk.example", role="admin").status_code == 403
    assert browser.submit(f"/desk/team/{browser.agent.id}", do="reset").status_code == 403
    assert browser.submit(f"/desk/team/{browser.agent.id}", do="role", role="admin").status_code == 403
    assert "Team" not in browser.get("/desk/account").text


def test_somebody_new_gets_a_link_and_it_is_noted_who_gave_it(
    sign_in_as: SignIn, nobody: TestClient, desk_database: Engine
) -> None:
    admin = sign_in_as(Role.ADMIN)
    page = admin.submit("/desk/team", name="Eve", email="eve@desk.example", role="lead").text
    link = re.search(r"http://desk.test(/desk/link/[\w-]+)", page)
    assert link and link[1] not in admin.get("/desk/team").text
    sent = {"csrf": form_token(nobody.get(link[1]).text), "password": PASSWORD, "again": PASSWORD}
    assert nobody.post(link[1], data=sent, follow_redirects=False).status_code == 303
    with desk_database.connect() as connection:
        noted = connection.execute(select(audit.c.agent_name, audit.c.action, audit.c.subject)).all()
    assert noted == [(admin.agent.name, "agent_added", "eve@desk.example")]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "email": "eve@desk.example", "role": "lead"},
        {"name": "<script>", "email": "no address", "role": "lead"},
        {"name": "Eve", "email": "eve@desk.example", "role": "emperor"},
        {},
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(sign_in_as: SignIn, typed: dict[str, str]) -> None:
    admin = sign_in_as(Role.ADMIN)
    answer = admin.submit("/desk/team", **typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "<script>" not in answer.text
    assert typed.get("email", "") in answer.text
    assert "eve@desk.example" not in admin.get("/desk/team").text


def test_a_disabled_agent_is_out_with_the_next_click(sign_in_as: SignIn) -> None:
    admin, agent = sign_in_as(Role.ADMIN), sign_in_as()
    assert agent.get("/desk/account", follow_redirects=False).status_code == 200
    assert "cannot sign in any more" in admin.submit(f"/desk/team/{agent.agent.id}", do="disable").text
    assert agent.get("/desk/account", follow_redirects=False).status_code == 303
    assert admin.submit("/desk/team/nobody", do="disable").status_code == 422
    assert admin.submit(f"/desk/team/{admin.agent.id}", do="disable").status_code == 422


def test_a_disabled_agent_is_let_in_again_only_by_the_button_that_says_so(
    sign_in_as: SignIn, desk_database: Engine
) -> None:
    admin, agent = sign_in_as(Role.ADMIN), sign_in_as()
    address = f"/desk/team/{agent.agent.id}"
    page = admin.submit(address, do="disable").text
    assert f'value="enable">Let in again<span class="unseen">: {agent.agent.name}</span>' in page

    # A page that was opened before still offers a new link.
    late = admin.submit(address, do="reset")
    assert late.status_code == 422 and "/desk/link/" not in late.text
    again = admin.submit(address, do="enable").text
    assert "/desk/link/" in again and "Let in again" not in again
    with desk_database.connect() as connection:
        noted = connection.execute(select(audit.c.action, audit.c.subject)).all()
    assert noted == [("agent_disabled", agent.agent.email), ("agent_enabled", agent.agent.email)]


def test_an_agent_gets_another_role_with_the_next_click_and_it_is_noted(
    sign_in_as: SignIn, desk_database: Engine
) -> None:
    admin, agent = sign_in_as(Role.ADMIN), sign_in_as()
    address = f"/desk/team/{agent.agent.id}"
    assert agent.get("/desk/gaps").status_code == 403
    page = admin.submit(address, do="role", role="lead").text
    assert "is a lead now" in page and '<option value="lead" selected>' in page
    assert agent.get("/desk/gaps").status_code == 200
    assert admin.submit(address, do="role", role="emperor").status_code == 422
    admin.submit(address, do="role", role="lead")
    with desk_database.connect() as connection:
        noted = connection.execute(select(audit.c.agent_name, audit.c.action, audit.c.subject)).all()
    assert noted == [(admin.agent.name, "agent_made_lead", agent.agent.email)]


def test_the_last_admin_stays_one(sign_in_as: SignIn) -> None:
    admin = sign_in_as(Role.ADMIN)
    own = f"/desk/team/{admin.agent.id}"
    refused = admin.submit(own, do="role", role="agent")
    assert refused.status_code == 422 and "the last admin" in refused.text
    other = sign_in_as(Role.ADMIN)
    assert admin.submit(own, do="role", role="agent").status_code == 200
    assert admin.get("/desk/team").status_code == 403
    assert other.submit(f"/desk/team/{other.agent.id}", do="role", role="lead").status_code == 422


def test_what_no_button_of_the_page_asks_for_is_refused(sign_in_as: SignIn) -> None:
    admin, agent = sign_in_as(Role.ADMIN), sign_in_as()
    assert admin.submit(f"/desk/team/{agent.agent.id}", do="promote").status_code == 422
    assert admin.submit(f"/desk/team/{agent.agent.id}").status_code == 422
    assert agent.get("/desk/account", follow_redirects=False).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
def test_no_header_leads_an_invited_agent_to_another_host(sign_in_as: SignIn, header: str) -> None:
    admin = sign_in_as(Role.ADMIN)
    sent = {"csrf": admin.token, "email": "new@desk.example", "name": "New", "role": "agent"}
    page = admin.post("/desk/team", data=sent, headers={header: "evil.example"})
    assert "http://desk.test/desk/link/" in page.text and "evil.example" not in page.text
