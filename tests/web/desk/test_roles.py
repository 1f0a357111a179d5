"""Every address of the desk, and who may open it: none is forgotten, because the application is asked for all it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from bot.core.agents import Role
from bot.web.desk.access import AREAS
from tests.web.desk.conftest import AgentBrowser

SignIn = Callable[..., AgentBrowser]
OPEN = ("/desk", "/desk/sign-in", "/desk/sign-in/code", "/desk/link/{link}")
"""What is there for somebody who is not signed in yet."""
ANYBODYS = ("/desk/account", "/desk/sign-out")
"""What every agent has, whatever the role."""


def desk_routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route of the desk that is closed to strangers."""
    for route in app.routes:
        if isinstance(route, APIRoute) and route.path.startswith("/desk") and route.path not in OPEN:
            for method in sorted(route.methods - {"HEAD"}):
                yield method, route.path


def page_of(path: str) -> str:
    """What scripts ask for belongs to the page they are on."""
    return path.replace("/desk/api/", "/desk/")


def role_for(path: str) -> Role:
    needed = [role for area, _, role in AREAS if page_of(path).startswith(area)]
    return needed[0] if needed else Role.AGENT


def address(path: str) -> str:
    return re.sub(r"{[^}]+}", "xxxxxxxxxxxxxxxxxxxx", path)


def ask(browser: TestClient, method: str, path: str) -> int:
    return browser.request(method, address(path), follow_redirects=False).status_code


def test_every_area_has_an_owner_and_the_desk_has_no_other_addresses(console_app: FastAPI) -> None:
    paths = {path for _, path in desk_routes(console_app)}
    known = (*(area for area, _, _ in AREAS), *ANYBODYS)
    assert len(paths) > 20 and {path for path in paths if not page_of(path).startswith(known)} == set()


def test_nobody_gets_anywhere_without_signing_in(console_app: FastAPI, nobody: TestClient) -> None:
    let_in = [
        (method, path) for method, path in desk_routes(console_app) if ask(nobody, method, path) not in (303, 401)
    ]
    assert let_in == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_where_it_may_and_nowhere_else(console_app: FastAPI, sign_in_as: SignIn, role: Role) -> None:
    browser = sign_in_as(role)
    routes = [(method, path) for method, path in desk_routes(console_app) if not path.endswith("/events")]
    for method, path in routes:
        status = ask(browser, method, path)
        if not role.covers(role_for(path)):
            assert status == 403, (method, path)
        elif method == "GET":
            assert status != 403 and status < 500, (method, path)


def test_no_form_is_taken_without_the_agents_own_token(console_app: FastAPI, sign_in_as: SignIn) -> None:
    admin, other = sign_in_as(Role.ADMIN), sign_in_as(Role.ADMIN)
    for method, path in desk_routes(console_app):
        if method == "POST":
            for token in ("", other.token, admin.token[:-1]):
                sent = admin.post(
                    address(path), data={"csrf": token}, headers={"X-Desk-Token": token}, follow_redirects=False
                )
                assert sent.status_code in (403, 404), (path, sent.status_code)
