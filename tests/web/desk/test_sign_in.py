"""The way into the desk over HTTP: pages, cookies, and what nobody may do."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.core.agents import Role
from bot.services import manage_agents
from bot.services.console import Console
from bot.web.desk.ways import safe_next
from tests.access import PASSWORD
from tests.web.desk.conftest import AgentBrowser, form_token
from tests.web.desk.signing_in import new_agent, typed

SignIn = Callable[..., AgentBrowser]


@pytest.mark.parametrize("path", ["/desk/account", "/desk/team"])
def test_nobody_sees_a_page_of_the_desk_without_signing_in_and_comes_back_to_it_afterwards(
    nobody: TestClient, own_console: Console, path: str
) -> None:
    email = new_agent(own_console, Role.ADMIN)
    sent_away = nobody.get(f"{path}?x=1", follow_redirects=False)
    assert sent_away.status_code == 303
    page = nobody.get(sent_away.headers["location"])
    fields = {"csrf": form_token(page.text), "next": f"{path}?x=1", "email": email, "password": PASSWORD}
    back = nobody.post("/desk/sign-in", data=fields, follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, f"{path}?x=1")
    assert nobody.get(path).status_code == 200


def test_the_cookie_cannot_be_read_by_scripts_and_has_another_name_where_it_is_safe(
    console_app: FastAPI, own_console: Console
) -> None:
    email = new_agent(own_console)
    for host, name in (("http://desk.test", "desk-agent"), ("https://desk.test", "__Host-desk-agent")):
        browser = TestClient(console_app, base_url=host)
        sent = typed(browser, email=email, password=PASSWORD)
        cookie = browser.post("/desk/sign-in", data=sent, follow_redirects=False).headers["set-cookie"]
        assert cookie.startswith(f"{name}=") and "HttpOnly" in cookie and "SameSite=lax" in cookie
        assert ("Secure" in cookie) is host.startswith("https")


def test_what_is_wrong_is_said_and_the_address_need_not_be_typed_again(nobody: TestClient) -> None:
    page = nobody.post("/desk/sign-in", data=typed(nobody, email='bo"><script>@desk.example', password="wrong"))
    assert page.status_code == 403
    assert "The address or the password is wrong." in page.text
    assert "wrong</" not in page.text and "<script>@" not in page.text
    assert "bo&#34;&gt;&lt;script&gt;@desk.example" in page.text


def test_who_tries_too_often_is_told_how_long_to_wait(nobody: TestClient) -> None:
    sent = typed(nobody, email="bo@desk.example", password="wrong")
    answers = [nobody.post("/desk/sign-in", data=sent) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 900
    assert "15 minutes" in answers[-1].text


def test_a_form_of_another_site_signs_nobody_in(nobody: TestClient, own_console: Console) -> None:
    sent = {"email": new_agent(own_console), "password": PASSWORD}
    assert nobody.post("/desk/sign-in", data=sent).status_code == 403
    sent = typed(nobody, **sent)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert nobody.post("/desk/sign-in", data=sent, headers=headers).status_code == 403
    assert nobody.get("/desk/account", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/desk//evil.example", "/\\evil", "/desk/\\evil", "javascript:alert(1)",
     "/", "", "/desk/sign-in?next=/desk/x", "/desk/x\r\nSet-Cookie: a=b", "/desk/../chat/end", "/desk/%2e%2e/x", "/desk/%2f%2fevil.example",
     "/desk/..%5cevil", "/desk/./x", "%2fdesk/../x"],
)  # fmt: skip
def test_signing_in_leads_to_the_desk_only(wanted: str) -> None:
    assert safe_next(wanted) == "/desk/tickets"


def test_signing_out_ends_the_session_for_whoever_has_the_cookie(sign_in_as: SignIn, nobody: TestClient) -> None:
    browser = sign_in_as()
    nobody.cookies.set("desk-agent", browser.cookies["desk-agent"])
    assert nobody.get("/desk/account").status_code == 200
    assert browser.submit("/desk/sign-out").status_code == 303
    assert nobody.get("/desk/account", follow_redirects=False).status_code == 303


def test_one_agents_form_cannot_be_sent_with_anothers_cookie(sign_in_as: SignIn) -> None:
    anna, bo = sign_in_as(), sign_in_as()
    bo.token = anna.token
    assert bo.submit("/desk/account/password", current=PASSWORD, password="x" * 20, again="x" * 20).status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "é", "0" * 5000, "' OR 1=1 --"])
def test_an_invented_cookie_is_nobodys(nobody: TestClient, cookie: str) -> None:
    headers = {"cookie": f"desk-agent={cookie}".encode("utf-8", "replace")}
    assert nobody.get("/desk/account", headers=headers, follow_redirects=False).status_code == 303


def test_looking_at_a_link_does_not_use_it_up(nobody: TestClient, own_console: Console) -> None:
    _, link = manage_agents.add_agent(own_console.access, "bo@desk.example", "Bo <b>Berg</b>", Role.LEAD)
    for _ in range(3):
        page = nobody.get(f"/desk/link/{link}")
        assert page.status_code == 200 and "Bo &lt;b&gt;Berg&lt;/b&gt;" in page.text
    sent = {"csrf": form_token(page.text), "password": PASSWORD, "again": "something else"}
    assert "not the same" in nobody.post(f"/desk/link/{link}", data=sent).text
    sent["again"] = PASSWORD
    assert nobody.post(f"/desk/link/{link}", data=sent, follow_redirects=False).status_code == 303
    assert nobody.get("/desk/account").status_code == 200
    assert "no longer valid" in TestClient(nobody.app, base_url="http://desk.test").get(f"/desk/link/{link}").text


def test_a_second_factor_is_set_up_asked_for_and_taken_away(sign_in_as: SignIn, nobody: TestClient) -> None:
    browser = sign_in_as()
    page = browser.submit("/desk/account/code").text
    assert "<svg" in page and "style=" not in page
    secret = page.split('name="secret" value="')[1].split('"')[0]
    app = pyotp.TOTP(secret)
    wrong = browser.submit("/desk/account/code", secret=secret, code="000000")
    assert wrong.status_code == 403 and secret in wrong.text
    assert browser.submit("/desk/account/code", secret=secret, code=app.now()).status_code == 303
    page = nobody.post("/desk/sign-in", data=typed(nobody, email=browser.agent.email, password=PASSWORD))
    assert "One more step" in page.text
    assert nobody.get("/desk/account", follow_redirects=False).status_code == 303
    code = {"csrf": form_token(page.text), "code": app.now()}
    assert nobody.post("/desk/sign-in/code", data=code).status_code == 403, "that code was used to set it up"
    assert browser.submit("/desk/account/no-code", code="123").status_code == 403


@pytest.mark.parametrize("secret", ["", "not base32!", "A" * 5000, "é"])
def test_a_secret_that_was_changed_on_the_way_breaks_nothing(sign_in_as: SignIn, secret: str) -> None:
    assert sign_in_as().submit("/desk/account/code", secret=secret, code="000000").status_code == 403
    assert sign_in_as().submit("/desk/account/code", secret=secret).status_code in (200, 403)


def test_a_cookie_from_before_signing_in_opens_nothing_afterwards(nobody: TestClient, own_console: Console) -> None:
    email = new_agent(own_console)
    nobody.cookies.set("desk-agent", "planted")
    cookies, sent = ["planted"], typed(nobody, email=email, password=PASSWORD)
    for _ in range(2):
        nobody.cookies = {"desk-agent": cookies[-1]}
        answer = nobody.post("/desk/sign-in", data=sent, follow_redirects=False)
        cookies.append(answer.cookies["desk-agent"])
    assert len(set(cookies)) == 3
    opens = []
    for cookie in cookies:
        nobody.cookies = {"desk-agent": cookie}
        opens.append(nobody.get("/desk/account", follow_redirects=False).status_code == 200)
    assert opens == [False, False, True]


def test_an_agent_ends_their_own_sessions_only(sign_in_as: SignIn, own_console: Console) -> None:
    anna, bo = sign_in_as(), sign_in_as()
    (of_bo,) = [session for session in own_console.access.sessions.of_agent(bo.agent.id)]
    anna.submit("/desk/account/end", session=of_bo.id)
    assert bo.get("/desk/account", follow_redirects=False).status_code == 200
    for session in own_console.access.sessions.of_agent(anna.agent.id):
        anna.submit("/desk/account/end", session=session.id)
    assert anna.get("/desk/account", follow_redirects=False).status_code == 303


def test_a_gateway_without_the_agents_desk_has_none_of_its_pages(client: TestClient) -> None:
    for path in ("/desk", "/desk/sign-in", "/desk/account"):
        assert client.get(path).status_code == 404
