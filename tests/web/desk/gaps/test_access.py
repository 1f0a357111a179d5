"""Gaps and proposals are for leads, and what does not exist is not found."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine

from bot.core.agents import Role
from bot.services.console import Console
from tests.fakes import FakeTryRunner
from tests.gaps import TURNED_AWAY, hold
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.gaps.conftest import SignIn
from tests.web.desk.gaps.gift_cards import ENTRY, GIFTS, KEY, proposed


@pytest.mark.parametrize(
    "path",
    ["/desk/gaps", f"/desk/gaps/{KEY}", "/desk/gaps/proposals", "/desk/gaps/proposals/1", "/desk/gaps/proposals/1.patch", "/desk/api/gaps/proposals/1/try"],
)  # fmt: skip
def test_only_leads_see_gaps(sign_in_as: SignIn, nobody: TestClient, desk_database: Engine, path: str) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    assert sign_in_as(Role.AGENT).get(path).status_code == 403
    stranger = nobody.get(path, follow_redirects=False)
    assert stranger.status_code == (401 if "/api/" in path else 303)
    assert "gift cards" not in stranger.text


@pytest.mark.parametrize(
    "path",
    [
        f"/desk/gaps/{KEY}",
        f"/desk/gaps/{KEY}/standing",
        "/desk/gaps/proposals/1/try",
        "/desk/gaps/proposals/1/withdraw",
    ],
)
def test_agents_and_other_sites_change_nothing(
    sign_in_as: SignIn,
    lead: AgentBrowser,
    own_console: Console,
    runner: FakeTryRunner,
    desk_database: Engine,
    path: str,
) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead)
    assert sign_in_as(Role.AGENT).submit(path.replace("/1/", f"/{number}/"), do="dismiss", **ENTRY).status_code == 403
    assert lead.post(path, data={"do": "dismiss", **ENTRY}).status_code == 403
    foreign = lead.post(path, data={"csrf": lead.token}, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert len(own_console.gaps.proposals.all("lenovo-accessories-2023")) == 1
    assert own_console.gaps.dismissals.all("lenovo-accessories-2023") == {}
    assert runner.started == []


def test_what_does_not_exist_is_not_found(lead: AgentBrowser) -> None:
    for path in (
        "nothing",
        "0123456789abcdef",
        "proposals/1",
        "proposals/P-x",
        "proposals/" + "9" * 30,
        "proposals/-1",
        "proposals/²",
    ):
        assert lead.get(f"/desk/gaps/{path}").status_code == 404
    assert lead.get("/desk/gaps/proposals/7.patch").status_code == 404
    assert lead.get("/desk/api/gaps/proposals/7/try").status_code == 404
    assert lead.submit("/desk/gaps/proposals/7/try").status_code == 404
    assert lead.submit("/desk/gaps/nothing", way="out_of_scope").status_code == 404
